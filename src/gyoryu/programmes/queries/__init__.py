"""What is known of programmes and their money."""
