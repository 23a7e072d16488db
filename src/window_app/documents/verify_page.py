"""One HTML page that checks the QR codes of papers on a phone, with no server: it holds the public keys."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from html import escape
from pathlib import Path

from window_app.documents.signature import PublicKey
from window_app.i18n import Catalogue

FOLDER = "verify"
VERDICTS = ("authentic", "revoked", "not_valid_then", "altered", "unknown_key", "not_ours")
_WORDS = ("paper", "number", "day", "compare", "unread", "station_revoked")
_TEXTS = ("title", "how", "field", "button", "camera", "limits")


def verify_page(
    keys: Sequence[PublicKey], titles: Mapping[str, str], hall: str, made_on: date, resources: Path, texts: Catalogue
) -> str:
    """Return the page.

    Args:
        keys: that papers can be checked against, revoked ones among them.
        titles: what kinds of papers are called.
        hall: whose page it is.
        made_on: so that whoever looks at it later sees how old its keys are.
        resources: the folder of resources.
        texts: the language of the page.
    """
    folder = resources / FOLDER
    settings = {
        "keys": [_key(one) for one in keys],
        "titles": {kind.upper().replace("_", "-"): title for kind, title in titles.items()},
        "verdicts": {one: texts.text(f"verify_page.{one}") for one in VERDICTS},
        "words": {one: texts.text(f"verify_page.{one}") for one in _WORDS},
    }
    scripts = {name: (folder / f"{name}.js").read_text("utf-8") for name in ("verify", "page")}
    parts = {name: escape(texts.text(f"verify_page.{name}", hall=hall)) for name in _TEXTS}
    parts["made"] = escape(texts.text("verify_page.made", day=made_on, keys=len(keys)))
    parts["script_hashes"] = " ".join(_hash(script) for script in scripts.values())
    # "<" cannot stand in the JSON: nothing in it can end the element that it stands in.
    parts["settings"] = json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c")
    page = (folder / "page.html").read_text("utf-8")
    for name, content in {**parts, **scripts}.items():
        page = page.replace("{{" + name + "}}", content)
    return page


def _key(key: PublicKey) -> dict[str, str | bool]:
    return {
        "id": key.key_id,
        "public": base64.b64encode(key.public).decode("ascii"),
        "from": key.valid_from.isoformat(),
        "until": key.valid_until.isoformat(),
        "revoked": key.revoked,
        "station_revoked": key.station_revoked,
    }


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(script.encode('utf-8')).digest()).decode('ascii')}'"
