"""Articles as messages name them."""

from collections.abc import Iterable, Mapping
from typing import Any

from window_app.domain.assessment import Citation, Text
from window_app.forms.wording_texts import citation_text


def articles(basis: Iterable[Citation]) -> Text:
    """Return citations in a row, each once, in both languages."""
    cited = list(basis)
    zh = "、".join(dict.fromkeys(citation_text(_place(one)) for one in cited))
    return {"zh": zh, "en": ", ".join(dict.fromkeys(_english(one) for one in cited))}


def _place(citation: Citation) -> Mapping[str, Any]:
    return {
        "law": citation.law,
        "article": citation.article,
        "paragraph": citation.paragraph,
        "item": citation.item,
    }


def _english(citation: Citation) -> str:
    text = f"《{citation.law}》 article {citation.article}"
    if citation.paragraph:
        text += f" paragraph {citation.paragraph}"
    return text if not citation.item else f"{text} item {citation.item}"
