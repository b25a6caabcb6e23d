"""The commands of ./gyoryu."""
