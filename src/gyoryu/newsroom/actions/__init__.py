"""What is done in the newsroom."""
