"""What templates can say about documents."""
