"""What is typed about regions, organisations and people, a module a noun."""
