"""May it be? The rules of trade."""
