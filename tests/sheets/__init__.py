"""Sheets of people as visitors bring them, and what is wrong with them."""
