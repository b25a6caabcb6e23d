"""What reads across all apps: what is due, the figures, search."""
