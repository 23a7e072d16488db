"""An article of the law library on paper, 法规条文摘录; no paper of the hall: it carries no seal and no number."""

from collections.abc import Iterator, Mapping
from typing import Any

from window_app.documents.blocks import Block, BlockSetter
from window_app.documents.flow import Box
from window_app.documents.registry import Layout
from window_app.documents.typesetting import Look

TITLE = "法规条文摘录"
PURPOSE = "本摘录据本机安装的法规文本排印，供查阅，不是办事文书；引用时以正式公布的文本为准。"
PART = "本机安装的是该法规的节录。"
RECALLED = "该条文本来源："


def _blocks(content: Mapping[str, Any]) -> Iterator[Block]:
    yield {"block": "title", "text": TITLE}
    items = [{"label": "法规", "text": content["law"], "wide": True}]
    if content["heading"]:
        items.append({"label": "编章", "text": content["heading"], "wide": True})
    items += [{"label": "条", "text": content["article"]}, {"label": "排印日期", "text": content["on"]}]
    yield {"block": "fields", "columns": 2, "items": items}
    yield {"block": "heading", "text": content["article"]}
    for paragraph in content["paragraphs"]:
        for line in paragraph.split("\n"):
            yield {"block": "paragraph", "text": line}
    if content["remark"]:
        yield {"block": "note", "text": RECALLED + content["remark"]}
    yield {"block": "note", "text": PURPOSE if content["whole"] else PURPOSE + PART}


def _draw(setter: BlockSetter, content: Mapping[str, Any]) -> list[Box]:
    return setter.set_all(list(_blocks(content)))


LAYOUTS = (Layout("law_extract", revision=1, look=Look(), scales=(1.0, 0.9), draw=_draw),)
