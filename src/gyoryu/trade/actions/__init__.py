"""What is done in trade: the only place that writes."""
