"""What is typed on the screens that read across all apps."""
