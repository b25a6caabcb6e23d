"""What the index knows: what a record tells it, what waits to be told again, what is found."""
