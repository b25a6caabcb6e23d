"""The screens of regions, organisations and people, a module a noun."""
