"""What is done with letters from the shell."""
