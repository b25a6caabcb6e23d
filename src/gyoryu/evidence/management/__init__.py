"""What is done with documents from the shell."""
