"""What is done to the history from the shell."""
