"""What is done with the index from the shell."""
