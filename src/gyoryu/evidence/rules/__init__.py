"""What may be held as evidence, a module a noun: files, OLE and ZIP containers, documents, ties."""
