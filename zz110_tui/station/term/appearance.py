"""How a cell looks, and what it costs to change from one look to another: the SGR half of drawing. No Textual in it.

Looks are numbered, so that comparing two cells compares two small values; each change between two looks is worked out
once, as the shorter of "only what differs" and "everything anew".
"""

from __future__ import annotations

from typing import NamedTuple

from rich.color import Color
from rich.style import Style

_ON = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "blink": "5", "reverse": "7", "strike": "9"}
_OFF = {"bold": "22", "dim": "22", "italic": "23", "underline": "24", "blink": "25", "reverse": "27", "strike": "29"}
_SEEN_ON_A_BLANK = frozenset(("underline", "reverse", "strike"))
_LINK = "\x1b]8;;{}\x1b\\"


class Look(NamedTuple):
    """``colour`` and ``ground`` are SGR parameters, empty for the terminal's own; ``link`` is an OSC 8 target."""

    attributes: frozenset[str]
    colour: str
    ground: str
    link: str


PLAIN = Look(frozenset(), "", "", "")


def _codes(colour: Color | None, *, foreground: bool) -> str:
    if colour is None or colour.is_default:
        return ""
    return ";".join(colour.get_ansi_codes(foreground=foreground))


def look_of(style: Style | None, *, links: bool = True) -> Look:
    """The look of a style of Rich. A link that is more than plain letters of an address is left out."""
    if style is None:
        return PLAIN
    attributes = frozenset(name for name in _ON if getattr(style, name))
    link = style.link or ""
    if not links or not (link.isascii() and link.isprintable()):
        link = ""
    return Look(attributes, _codes(style.color, foreground=True), _codes(style.bgcolor, foreground=False), link)


class Looks:
    """The looks that were met, by number. Number 0 is the terminal's own.

    ``partial``: the terminal can switch one attribute off (SGR 22 to 29); a VT100 can only reset them all.
    """

    def __init__(self, *, partial: bool = True, links: bool = True) -> None:
        self._partial = partial
        self._links = links
        self._looks: list[Look] = [PLAIN]
        self._numbers: dict[Look, int] = {PLAIN: 0}
        self._of_style: dict[Style | None, int] = {None: 0}
        self._blanks: list[int] = [0]
        self._changes: dict[tuple[int, int], str] = {}

    def number(self, style: Style | None) -> int:
        found = self._of_style.get(style)
        if found is None:
            found = self._of_style[style] = self._number(look_of(style, links=self._links))
        return found

    def blank(self, number: int) -> int:
        """The look that a blank of this look has in common with all blanks that nobody can tell from it."""
        return self._blanks[number]

    def ground(self, number: int) -> str:
        """SGR parameters of the ground, empty for the terminal's own."""
        return self._looks[number].ground

    def clears(self, number: int) -> bool:
        """Whether erasing leaves what a blank of this look shows: a ground and nothing on it."""
        return self._blanks[number] == number and not self._looks[number].attributes

    def change(self, before: int, after: int) -> str:
        """What to write to get from one look to another."""
        if before == after:
            return ""
        made = self._changes.get((before, after))
        if made is None:
            made = self._changes[before, after] = self._change(self._looks[before], self._looks[after])
        return made

    def _number(self, look: Look) -> int:
        number = self._numbers.get(look)
        if number is None:
            number = self._numbers[look] = len(self._looks)
            self._looks.append(look)
            self._blanks.append(number)
            seen = look.attributes & _SEEN_ON_A_BLANK
            blank = Look(seen, look.colour if seen else "", look.ground, look.link)
            self._blanks[number] = number if blank == look else self._number(blank)
        return number

    def _change(self, a: Look, b: Look) -> str:
        anew = ["0", *(_ON[name] for name in sorted(b.attributes)), *(part for part in (b.colour, b.ground) if part)]
        written = f"\x1b[{';'.join(anew)}m" if anew != ["0"] else "\x1b[m"
        if self._partial:
            differing = self._differing(a, b)
            shorter = f"\x1b[{';'.join(differing)}m" if differing else ""
            written = min(written, shorter, key=len)
        return written + (_LINK.format(b.link) if a.link != b.link else "")

    @staticmethod
    def _differing(a: Look, b: Look) -> list[str]:
        off = {_OFF[name] for name in a.attributes - b.attributes}
        # 22 ends bold and dim together.
        again = {name for name in a.attributes & b.attributes if _OFF[name] in off}
        parts = [*sorted(off), *(_ON[name] for name in sorted((b.attributes - a.attributes) | again))]
        if a.colour != b.colour:
            parts.append(b.colour or "39")
        if a.ground != b.ground:
            parts.append(b.ground or "49")
        return parts
