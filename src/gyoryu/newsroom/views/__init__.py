"""The screens of the newsroom."""
