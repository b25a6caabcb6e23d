"""What is done across several apps at once, in one transaction."""
