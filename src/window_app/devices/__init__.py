"""Devices at the counter: one folder for each kind, one file for each driver."""
