"""What stands in files of programmes."""
