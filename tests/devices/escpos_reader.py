"""Reads ESC/POS as a printer would, written from its manual and independent of what writes it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image


@dataclass
class Paper:
    """What came out: lines of text with their size, images, codes, and where it was cut."""

    lines: list[tuple[str, int, bool]] = field(default_factory=list)
    images: list[Image.Image] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    cuts: int = 0
    chinese: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line for line, _, _ in self.lines)


class Reader:
    """One command after the other; anything a printer would not understand fails."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0
        self.paper = Paper()
        self.typed = bytearray()
        self.size, self.centred, self.stored = 1, False, b""

    def run(self) -> Paper:
        commands: dict[bytes, Callable[[], int]] = {
            b"\x1b@": self.initialise,
            b"\x1c&": self.chinese,
            b"\x1ba": self.align,
            b"\x1bE": lambda: 3,
            b"\x1c!": lambda: 3,
            b"\x1bd": lambda: 3,
            b"\x1d!": self.magnify,
            b"\x1dV": self.cut,
            b"\x1dv": self.image,
            b"\x1d(": self.code,
        }
        while self.at < len(self.content):
            self.at += commands.get(self.content[self.at : self.at + 2], self.sign)()
        assert not self.typed
        return self.paper

    def byte(self, place: int) -> int:
        return self.content[self.at + place]

    def number(self, place: int) -> int:
        return self.byte(place) | self.byte(place + 1) << 8

    def initialise(self) -> int:
        self.size, self.centred = 1, False
        return 2

    def chinese(self) -> int:
        self.paper.chinese = True
        return 2

    def align(self) -> int:
        self.centred = bool(self.byte(2))
        return 3

    def magnify(self) -> int:
        wide, high = self.byte(2) >> 4, self.byte(2) & 15
        assert wide == high
        self.size = wide + 1
        return 3

    def cut(self) -> int:
        assert self.byte(2) == ord("B")
        self.paper.cuts += 1
        return 4

    def image(self) -> int:
        assert self.content[self.at + 2 : self.at + 4] == b"0\x00"
        across, rows = self.number(4), self.number(6)
        bits = self.content[self.at + 8 : self.at + 8 + across * rows]
        assert len(bits) == across * rows
        # A printer's 1 is black, a picture's 1 is white.
        flipped = bytes(byte ^ 0xFF for byte in bits)
        self.paper.images.append(Image.frombytes("1", (across * 8, rows), flipped))
        return 8 + across * rows

    def code(self) -> int:
        length = self.number(3)
        said = self.content[self.at + 5 : self.at + 5 + length]
        assert self.content[self.at + 2 : self.at + 3] + said[:1] == b"k\x31"
        if said[1:2] == b"P":
            self.stored = said[3:]
        elif said[1:2] == b"Q":
            self.paper.codes.append(self.stored.decode("utf-8"))
        return 5 + length

    def sign(self) -> int:
        byte = self.byte(0)
        if byte == ord("\n"):
            if self.typed:
                self.paper.lines.append((self.typed.decode("gb18030"), self.size, self.centred))
            self.typed.clear()
            return 1
        assert byte >= ord(" "), f"{byte:#04x} at {self.at}"
        step = 1 if byte < 0x80 else 2
        self.typed += self.content[self.at : self.at + step]
        return step


def read(content: bytes) -> Paper:
    """Return what a printer would print."""
    return Reader(content).run()


def joined(images: list[Image.Image]) -> Image.Image:
    """Return images one below the other, as paper runs."""
    whole = Image.new("1", (max(one.width for one in images), sum(one.height for one in images)), 1)
    top = 0
    for one in images:
        whole.paste(one, (0, top))
        top += one.height
    return whole
