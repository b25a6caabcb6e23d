"""What is done to programmes from the shell."""
