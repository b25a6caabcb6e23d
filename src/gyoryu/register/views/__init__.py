"""The public pages of the register, and the desk where it is published."""
