"""What is done in programmes: the only place that writes."""
