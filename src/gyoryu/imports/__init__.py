"""Spreadsheets taken in: columns guessed, rows checked, one batch saved whole or not at all."""
