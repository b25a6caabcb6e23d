"""The screens of trade."""
