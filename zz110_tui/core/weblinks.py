"""Addresses of photographs and streams (照片、视频流): which ones may be kept, and later shown as links.

Only ``http`` and ``https``, only plain letters, no name or password before the host: what is shown as an address must
be the address, and must not be able to steer a terminal that is told to make a link of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 500
MOST_LINKS = 50
"""Of one slip or call."""

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)*[a-z0-9](?:[a-z0-9-]{0,62})"
_ADDRESS = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][!#-;=?-\[\]_a-z~]*)?", re.IGNORECASE)
"""After the host every visible letter of ASCII but quotes, angle brackets, backslash, caret, backquote, braces, bar."""


@dataclass(frozen=True, slots=True)
class WebLink:
    """An address on a slip or a call, with a few words. ``report`` is the call it came with, 0 for none."""

    url: str
    text: str
    at: int
    report: int = 0
    desk: str = ""
    person: str = ""


def is_web_link(url: str) -> bool:
    """Whether an address may be kept and shown."""
    return len(url) <= LONGEST and _ADDRESS.fullmatch(url) is not None
