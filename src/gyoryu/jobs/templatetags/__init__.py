"""How a job shows itself on other desks' pages."""
