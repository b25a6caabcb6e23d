"""What is done to accounts from the shell."""
