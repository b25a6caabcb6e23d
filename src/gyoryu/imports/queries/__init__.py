"""What is known of imports, and what the rows of a file refer to."""
