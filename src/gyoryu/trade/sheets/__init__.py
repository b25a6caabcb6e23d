"""What stands in files of trade."""
