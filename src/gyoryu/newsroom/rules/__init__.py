"""What the newsroom allows, with the reason when it does not."""
