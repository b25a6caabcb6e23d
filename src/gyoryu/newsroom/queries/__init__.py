"""What the newsroom knows."""
