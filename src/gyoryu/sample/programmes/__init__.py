"""Five programmes from open call to the last won returned: real figures, invented companies."""
