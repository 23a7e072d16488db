"""Persons and employers: found as one types, each with the visits that name it."""
