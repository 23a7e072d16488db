"""What a printer says when it did not take a job."""

from window_app.errors import WindowAppError


class PrinterError(WindowAppError):
    """A print job was not taken; the paper itself is untouched and can be printed again.

    Codes: `printer.no_system` (no printing system on this machine), `printer.unknown` (no such queue),
    `printer.stopped` (the queue takes no jobs), `printer.silent` (no answer in time), `printer.refused`,
    `printer.media_empty`, `printer.jam`, `printer.door_open`, `printer.toner_empty`, `printer.offline` (what keeps it
    from printing), `printer.folder` (the folder of the simulated printer cannot be written), `printer.driver_unknown`.
    """

    code = "printer.refused"
