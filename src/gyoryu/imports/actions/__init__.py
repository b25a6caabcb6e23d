"""What is done with imports: taken in, checked, saved whole or not at all, undone."""
