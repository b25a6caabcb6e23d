"""What trade leaves to a worker."""
