"""The register as files: one document, and the table and the feed that are made from it alone."""
