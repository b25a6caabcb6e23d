"""May it be? The rules of programmes and their money."""
