"""Search over everything a reader may see; its index follows the history."""
