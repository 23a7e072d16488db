"""The spooler of Windows by its own libraries. Nothing here decides anything: `windows` does."""

import ctypes
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from ctypes import POINTER, byref, c_byte, c_int, c_short, c_uint16, c_uint32, c_void_p, c_wchar_p
from typing import Any

from window_app.devices.printers.windows import JobSetup, SpoolerError
from window_app.domain.page_pixels import PagePixels

DC_BINS, DC_DUPLEX, DC_BINNAMES = 6, 7, 12
DM_OUT_BUFFER, DM_IN_BUFFER = 2, 8
DM_PAPERSIZE, DM_COPIES, DM_DEFAULTSOURCE, DM_DUPLEX = 0x2, 0x100, 0x200, 0x1000
DMPAPER_A4 = 9
PHYSICALWIDTH, PHYSICALHEIGHT, PHYSICALOFFSETX, PHYSICALOFFSETY = 110, 111, 112, 113
SRCCOPY = 0x00CC0020
GREYS = 256
BIN_NAME = 24
ATTRIBUTE_WORK_OFFLINE, STATUS_OFFLINE = 0x400, 0x80
ERROR_INVALID_PARAMETER, ERROR_PRINT_CANCELLED = 87, 63


class DevMode(ctypes.Structure):
    """DEVMODEW up to what is set here; drivers keep more behind it."""

    _fields_ = (
        ("dmDeviceName", c_uint16 * 32),
        ("dmSpecVersion", c_uint16),
        ("dmDriverVersion", c_uint16),
        ("dmSize", c_uint16),
        ("dmDriverExtra", c_uint16),
        ("dmFields", c_uint32),
        ("dmOrientation", c_short),
        ("dmPaperSize", c_short),
        ("dmPaperLength", c_short),
        ("dmPaperWidth", c_short),
        ("dmScale", c_short),
        ("dmCopies", c_short),
        ("dmDefaultSource", c_short),
        ("dmPrintQuality", c_short),
        ("dmColor", c_short),
        ("dmDuplex", c_short),
    )


class PrinterInfo6(ctypes.Structure):
    """PRINTER_INFO_6: the status alone."""

    _fields_ = (("dwStatus", c_uint32),)


class PrinterInfo4(ctypes.Structure):
    """PRINTER_INFO_4W: names and attributes."""

    _fields_ = (("pPrinterName", c_wchar_p), ("pServerName", c_wchar_p), ("Attributes", c_uint32))


class JobInfo1(ctypes.Structure):
    """JOB_INFO_1W up to the status."""

    _fields_ = (
        ("JobId", c_uint32),
        ("pPrinterName", c_wchar_p),
        ("pMachineName", c_wchar_p),
        ("pUserName", c_wchar_p),
        ("pDocument", c_wchar_p),
        ("pDatatype", c_wchar_p),
        ("pStatus", c_wchar_p),
        ("Status", c_uint32),
    )


class RawDocument(ctypes.Structure):
    """DOC_INFO_1W."""

    _fields_ = (("pDocName", c_wchar_p), ("pOutputFile", c_wchar_p), ("pDatatype", c_wchar_p))


class DrawnDocument(ctypes.Structure):
    """DOCINFOW."""

    _fields_ = (
        ("cbSize", c_int),
        ("lpszDocName", c_wchar_p),
        ("lpszOutput", c_wchar_p),
        ("lpszDatatype", c_wchar_p),
        ("fwType", c_uint32),
    )


class GreyBitmap(ctypes.Structure):
    """BITMAPINFOHEADER with a table of 256 greys."""

    _fields_ = (
        ("biSize", c_uint32),
        ("biWidth", c_int),
        ("biHeight", c_int),
        ("biPlanes", c_uint16),
        ("biBitCount", c_uint16),
        ("biCompression", c_uint32),
        ("biSizeImage", c_uint32),
        ("biXPelsPerMeter", c_int),
        ("biYPelsPerMeter", c_int),
        ("biClrUsed", c_uint32),
        ("biClrImportant", c_uint32),
        ("greys", c_uint32 * GREYS),
    )


class Win32Spooler:
    """Calls winspool.drv and gdi32.dll."""

    def __init__(self, winspool: Any, gdi: Any, last_error: Any) -> None:  # noqa: ANN401 - foreign libraries have no types
        """Keep the libraries; `last_error` returns the number of the last call's error."""
        self._winspool = winspool
        self._gdi = gdi
        self._last_error = last_error
        gdi.CreateDCW.restype = c_void_p

    def default(self) -> str:
        """Return the name of this user's default printer, "" where there is none."""
        needed = c_uint32(0)
        self._winspool.GetDefaultPrinterW(None, byref(needed))
        if needed.value == 0:
            return ""
        name = ctypes.create_unicode_buffer(needed.value)
        self._check(self._winspool.GetDefaultPrinterW(name, byref(needed)))
        return name.value

    def state(self, printer: str) -> int:
        """Return the status flags of a printer; one that is set to work offline counts as offline."""
        with self._opened(printer) as handle:
            status = PrinterInfo6.from_buffer(self._told(self._winspool.GetPrinterW, handle, 6)).dwStatus
            # PRINTER_INFO_4 tells its attributes without asking the device.
            attributes = PrinterInfo4.from_buffer(self._told(self._winspool.GetPrinterW, handle, 4)).Attributes
        return int(status) | (STATUS_OFFLINE if attributes & ATTRIBUTE_WORK_OFFLINE else 0)

    def duplex(self, printer: str) -> bool:
        """Answer whether the printer prints both sides."""
        return int(self._winspool.DeviceCapabilitiesW(printer, None, DC_DUPLEX, None, None)) == 1

    def bins(self, printer: str) -> Mapping[int, str]:
        """Return the driver's numbers of the trays, with their names."""
        count = int(self._winspool.DeviceCapabilitiesW(printer, None, DC_BINS, None, None))
        if count <= 0:
            return {}
        numbers, names = (c_uint16 * count)(), ctypes.create_unicode_buffer(BIN_NAME * count)
        self._winspool.DeviceCapabilitiesW(printer, None, DC_BINS, numbers, None)
        self._winspool.DeviceCapabilitiesW(printer, None, DC_BINNAMES, names, None)
        told = ["".join(names[at * BIN_NAME : (at + 1) * BIN_NAME]).partition("\0")[0] for at in range(count)]
        return dict(zip(numbers, told, strict=True))

    def draw(self, printer: str, title: str, setup: JobSetup, pages: Iterable[PagePixels]) -> int:
        """Print pages, each scaled to the sheet, and return the job's number."""
        with self._opened(printer) as handle:
            mode = self._mode(handle, printer, setup)
        device = self._gdi.CreateDCW("WINSPOOL", printer, None, byref(mode))
        if not device:
            raise SpoolerError(self._last_error())
        device = c_void_p(device)
        try:
            document = DrawnDocument(cbSize=ctypes.sizeof(DrawnDocument), lpszDocName=title)
            number = self._checked(self._gdi.StartDocW(device, byref(document)))
            try:
                for page in pages:
                    self._draw_page(device, page)
            except BaseException:
                self._gdi.AbortDoc(device)
                raise
            self._checked(self._gdi.EndDoc(device))
            return number
        finally:
            self._gdi.DeleteDC(device)

    def raw(self, printer: str, title: str, content: bytes) -> int:
        """Hand bytes to the printer as they are and return the job's number."""
        with self._opened(printer) as handle:
            document = RawDocument(pDocName=title, pDatatype="RAW")
            number = self._checked(self._winspool.StartDocPrinterW(handle, 1, byref(document)))
            try:
                self._check(self._winspool.StartPagePrinter(handle))
                written = c_uint32(0)
                self._check(self._winspool.WritePrinter(handle, content, len(content), byref(written)))
                if written.value != len(content):
                    raise SpoolerError(ERROR_PRINT_CANCELLED)
                self._check(self._winspool.EndPagePrinter(handle))
            finally:
                self._winspool.EndDocPrinter(handle)
            return number

    def job_state(self, printer: str, number: int) -> int | None:
        """Return the status flags of a job; None where the spooler has none of that number any more."""
        with self._opened(printer) as handle:
            try:
                told = self._told(self._winspool.GetJobW, handle, number, 1)
            except SpoolerError as error:
                if error.number == ERROR_INVALID_PARAMETER:
                    return None
                raise
            return int(JobInfo1.from_buffer(told).Status)

    @contextmanager
    def _opened(self, printer: str) -> Iterator[c_void_p]:
        handle = c_void_p()
        self._check(self._winspool.OpenPrinterW(printer, byref(handle), None))
        try:
            yield handle
        finally:
            self._winspool.ClosePrinter(handle)

    def _told(self, call: Any, *arguments: object) -> ctypes.Array[Any]:  # noqa: ANN401 - a function of a library
        """Return the buffer that a call fills; asked twice, since it first says how large it must be."""
        needed = c_uint32(0)
        call(*arguments, None, 0, byref(needed))
        if needed.value == 0:
            raise SpoolerError(self._last_error())
        buffer = (c_byte * needed.value)()
        self._check(call(*arguments, byref(buffer), needed, byref(needed)))
        return buffer

    def _mode(self, handle: c_void_p, printer: str, setup: JobSetup) -> DevMode:
        """Return the driver's settings with what the job asks for; the driver has the last word."""
        size = self._checked(self._winspool.DocumentPropertiesW(None, handle, printer, None, None, 0))
        buffer = (c_byte * max(size, ctypes.sizeof(DevMode)))()
        mode = ctypes.cast(buffer, POINTER(DevMode)).contents
        self._checked(
            self._winspool.DocumentPropertiesW(None, handle, printer, byref(mode), None, DM_OUT_BUFFER), least=0
        )
        mode.dmPaperSize, mode.dmCopies = DMPAPER_A4, setup.copies
        mode.dmFields |= DM_PAPERSIZE | DM_COPIES
        if setup.duplex is not None:
            mode.dmDuplex, mode.dmFields = setup.duplex, mode.dmFields | DM_DUPLEX
        if setup.bin is not None:
            mode.dmDefaultSource, mode.dmFields = setup.bin, mode.dmFields | DM_DEFAULTSOURCE
        merged = DM_IN_BUFFER | DM_OUT_BUFFER
        self._checked(
            self._winspool.DocumentPropertiesW(None, handle, printer, byref(mode), byref(mode), merged), least=0
        )
        return mode

    def _draw_page(self, device: c_void_p, page: PagePixels) -> None:
        caps = self._gdi.GetDeviceCaps
        left, top = -caps(device, PHYSICALOFFSETX), -caps(device, PHYSICALOFFSETY)
        width, height = caps(device, PHYSICALWIDTH), caps(device, PHYSICALHEIGHT)
        bitmap = GreyBitmap(
            biSize=40, biWidth=page.width, biHeight=-page.height, biPlanes=1, biBitCount=8, biClrUsed=GREYS
        )
        bitmap.greys[:] = [grey * 0x010101 for grey in range(GREYS)]
        target = (left, top, width, height)
        source = (0, 0, page.width, page.height)
        self._checked(self._gdi.StartPage(device))
        self._checked(self._gdi.StretchDIBits(device, *target, *source, page.grey, byref(bitmap), 0, SRCCOPY))
        self._checked(self._gdi.EndPage(device))

    def _check(self, answer: int) -> None:
        if not answer:
            raise SpoolerError(self._last_error())

    def _checked(self, answer: int, *, least: int = 1) -> int:
        if answer < least:
            raise SpoolerError(self._last_error())
        return answer


def win32_spooler() -> Win32Spooler:
    """Return the spooler of this machine.

    Raises:
        SpoolerError: this machine is no Windows.
    """
    load = getattr(ctypes, "WinDLL", None)
    last_error = getattr(ctypes, "get_last_error", None)
    if load is None or last_error is None:
        raise SpoolerError(1060)
    return Win32Spooler(load("winspool.drv", use_last_error=True), load("gdi32", use_last_error=True), last_error)
