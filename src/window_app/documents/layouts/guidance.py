"""The guidance slip for what is not taken in, 办事指引单."""

from collections.abc import Mapping
from typing import Any

from window_app.documents.blocks import BlockSetter
from window_app.documents.flow import Box
from window_app.documents.registry import Layout, plain
from window_app.documents.typesetting import FORM, Look


def _draw(setter: BlockSetter, content: Mapping[str, Any]) -> list[Box]:
    return setter.set_all(content["blocks"])


LAYOUTS = (
    Layout("guidance", revision=1, look=Look(), scales=(1.0, 0.95, 0.9, 0.85, 0.82), draw=_draw),
    plain("guidance", FORM, revision=2),
)
