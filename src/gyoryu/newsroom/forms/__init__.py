"""What is typed in the newsroom."""
