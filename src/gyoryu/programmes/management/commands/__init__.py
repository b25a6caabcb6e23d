"""Commands of programmes."""
