"""What reads across all apps: what is due, and the figures."""
