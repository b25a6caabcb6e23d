"""The queries of the register of promises, a module a noun."""
