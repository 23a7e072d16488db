"""Printers of queue tickets: the drivers by name."""

from window_app.devices.tickets.opening import TICKET_DRIVERS, open_ticket_printer

__all__ = ["TICKET_DRIVERS", "open_ticket_printer"]
