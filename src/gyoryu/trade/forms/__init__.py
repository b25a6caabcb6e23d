"""What was typed, and which lists there are."""
