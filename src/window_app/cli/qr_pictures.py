"""QR codes as pictures that any browser shows and prints."""

from window_app.documents.qr import QUIET_ZONE, qr_rows

_MODULE = 6


def picture(text: str) -> str:
    """Return the QR code of a text as SVG."""
    rows = qr_rows(text)
    side = (len(rows) + 2 * QUIET_ZONE) * _MODULE
    dark = "".join(
        f"M{(column + QUIET_ZONE) * _MODULE} {(row + QUIET_ZONE) * _MODULE}h{_MODULE}v{_MODULE}h-{_MODULE}z"
        for row, modules in enumerate(rows)
        for column, module in enumerate(modules)
        if module
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>\n'
    )
