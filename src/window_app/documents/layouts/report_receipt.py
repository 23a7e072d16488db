"""The slip with a report's number, 编号单: it names nobody."""

from collections.abc import Mapping
from typing import Any

from window_app.documents.blocks import BlockSetter
from window_app.documents.flow import Box
from window_app.documents.registry import Layout, plain
from window_app.documents.typesetting import FORM, Look


def _draw(setter: BlockSetter, content: Mapping[str, Any]) -> list[Box]:
    return setter.set_all(content["blocks"])


LAYOUTS = (
    Layout("report_receipt", revision=1, look=Look(), scales=(1.0,), draw=_draw),
    plain("report_receipt", FORM, revision=2, scales=(1.0,)),
)
