"""Printers: the drivers by name, and the error they share."""

from window_app.devices.printers.errors import PrinterError
from window_app.devices.printers.opening import DRIVERS, open_printer

__all__ = ["DRIVERS", "PrinterError", "open_printer"]
