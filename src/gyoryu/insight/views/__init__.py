"""Screens that read across all apps."""
