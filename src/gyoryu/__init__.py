"""Gyoryu: the register of a regional government's work abroad."""
