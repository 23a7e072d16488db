"""The page with which a phone checks a paper: its own Ed25519 against that of Python, by node."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.documents.samples import SEED, record, signer

from window_app import paths
from window_app.documents.signature import PublicKey, SigningKey, qr_text
from window_app.documents.verify_page import VERDICTS, verify_page
from window_app.i18n import Catalogue

NODE = shutil.which("node") or ""
OTHER = bytes(32)
SCRIPT = """
const PaperCheck = require(process.argv[1]);
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
const subtle = asked.subtle ? require("crypto").webcrypto.subtle : undefined;
(async () => {
  const answers = [];
  for (const text of asked.texts) {
    const found = await PaperCheck.check(text, asked.keys, subtle);
    answers.push(found.verdict + (found.stationRevoked ? ", its station revoked" : ""));
  }
  console.log(JSON.stringify(answers));
})();
"""

pytestmark = pytest.mark.skipif(not NODE, reason="no node on this machine")


def page(*keys: PublicKey, language: str = "zh_CN") -> str:
    titles = {"receipt": "收件回执</script><b>"}
    made = date(2026, 11, 21)
    return verify_page(keys, titles, "练习大厅", made, paths.resources_dir(), Catalogue(language))


def keys_of(html: str) -> list[dict[str, object]]:
    found = re.search(r'id="settings">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    listed: list[dict[str, object]] = json.loads(found[1])["keys"]
    return listed


def verdicts(html: str, texts: list[str], *, subtle: bool) -> list[str]:
    script = paths.resources_dir() / "verify" / "verify.js"
    asked = json.dumps({"keys": keys_of(html), "texts": texts, "subtle": subtle})
    done = subprocess.run([NODE, "-e", SCRIPT, script], input=asked, capture_output=True, text=True, check=True)
    answers: list[str] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize("subtle", [False, True])
def test_the_page_answers_as_verify_does(subtle: bool) -> None:
    own, other = SigningKey(SEED).public_key(), SigningKey(OTHER).public_key()
    early = replace(own, valid_from=date(2026, 1, 1), valid_until=date(2026, 11, 20))
    text, foreign = qr_text(record()), qr_text(record(signed_by=signer(seed=OTHER)))
    changed = text.replace("0003", "0004")
    notice = text.replace(":RECEIPT:", ":NOTICE-ONCE:")
    asked = [text, f" {text}\n", changed, notice, text[:-9], "WA1:x", "https://example.com", foreign]
    expected = ["authentic", "authentic", "altered", "altered", "altered", "altered", "not_ours", "unknown_key"]
    assert verdicts(page(own), asked, subtle=subtle) == expected
    assert verdicts(page(own, replace(other, revoked=True)), [foreign], subtle=subtle) == ["revoked"]
    assert verdicts(page(early), [text], subtle=subtle) == ["not_valid_then"]
    retired = page(replace(own, station_revoked=True))
    assert verdicts(retired, [text, changed], subtle=subtle) == ["authentic, its station revoked", "altered"]


def test_its_own_arithmetic_takes_what_python_signs_and_nothing_else() -> None:
    """Signatures of many keys; of each one bit changed in the signature, and the order of the group added to it."""
    keys, texts = [], []
    order = (1 << 252) + 27742317777372353535851937790883648493
    for number in range(6):
        seed = bytes([number + 1]) * 32
        keys.append(SigningKey(seed).public_key())
        paper = record(number=number + 1, signed_by=signer(seed=seed))
        texts.append(qr_text(paper))
        raw = bytearray.fromhex(paper.signature)
        raw[number * 9] ^= 1 << number
        texts.append(qr_text(replace(paper, signature=raw.hex())))
        raised = int.from_bytes(bytes.fromhex(paper.signature)[32:], "little") + order
        malleable = paper.signature[:64] + raised.to_bytes(32, "little").hex()
        texts.append(qr_text(replace(paper, signature=malleable)))
    assert verdicts(page(*keys), texts, subtle=False) == ["authentic", "altered", "altered"] * 6


def test_sha512_is_that_of_everybody_at_every_length_round_a_block() -> None:
    script = """
const PaperCheck = require(process.argv[1]), { createHash } = require("crypto");
for (const length of [0, 1, 55, 111, 112, 113, 127, 128, 129, 239, 240, 241, 1000]) {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + 3) & 255);
  const expected = createHash("sha512").update(bytes).digest("hex");
  if (Buffer.from(PaperCheck.sha512(bytes)).toString("hex") !== expected) throw new Error(length);
}
"""
    subprocess.run([NODE, "-e", script, paths.resources_dir() / "verify" / "verify.js"], check=True)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_page_is_whole_asks_nobody_and_runs_only_its_own_scripts(language: str, tmp_path: Path) -> None:
    html = page(SigningKey(SEED).public_key(), language=language)
    assert "{{" not in html
    assert not re.search(r"https?://|src=|href=", html)
    assert html.count("</script>") == 3
    assert "default-src 'none'" in html
    for script in re.findall(r"<script>(.*?)</script>", html, re.DOTALL):
        (tmp_path / "a.js").write_text(script, "utf-8")
        subprocess.run([NODE, "--check", tmp_path / "a.js"], check=True)
    settings = re.search(r'id="settings">(.*?)</script>', html, re.DOTALL)
    assert settings is not None
    said = json.loads(settings[1])
    assert set(said["verdicts"]) == set(VERDICTS)
    assert said["titles"] == {"RECEIPT": "收件回执</script><b>"}
