"""The rules of the register of promises, a module a noun."""
