"""What is done to accounts, a module a noun."""
