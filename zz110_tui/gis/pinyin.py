"""Pinyin and initials of a name, computed once when a pack is made and then stored in it.

pypinyin costs 190 ms and 60 MB, so only the pack tools come here. It reads some place names wrongly; the overlay below
holds the readings of people who live there.
"""

from __future__ import annotations

import re

from zz110_tui.gis.features import Spelling

OVERLAY: dict[str, str] = {
    "长泰": "chang tai",
    "圩": "xu",
    "朝阳": "chao yang",
    "大厦": "da sha",
    "厦门": "xia men",
    "银行": "yin hang",
    "行政": "xing zheng",
    "芗城": "xiang cheng",
    "芗剧": "xiang ju",
    "芗江": "xiang jiang",
    "长途": "chang tu",
    "长福": "chang fu",
    "重点": "zhong dian",
    "东铺头": "dong pu tou",
    "浦头": "pu tou",
    "埔": "pu",
    "片仔癀": "pian zai huang",
    "都": "du",
    "乐": "le",
    "校": "xiao",
    "单": "dan",
    "朝": "chao",
}
_WORDS = re.compile("|".join(sorted(OVERLAY, key=len, reverse=True)))


def spell(text: str) -> Spelling:
    """A name with its pinyin and initials; both stay empty for a name without Chinese characters."""
    if not re.search(r"[㐀-鿿]", text):
        return Spelling(text)
    syllables = syllables_of(text)
    initials = (syllable if syllable.isdigit() else syllable[0] for syllable in syllables)
    return Spelling(text, "".join(syllables), "".join(initials))


def syllables_of(text: str) -> list[str]:
    """The syllables of a Chinese text one by one. Digits and Latin words in it stay as they are."""
    found: list[str] = []
    at = 0
    for match in _WORDS.finditer(text):
        found += _read(text[at : match.start()])
        found += OVERLAY[match[0]].split()
        at = match.end()
    return found + _read(text[at:])


def _read(text: str) -> list[str]:
    if not text:
        return []
    from pypinyin import Style, lazy_pinyin

    syllables: list[str] = []
    for piece in re.findall(r"[㐀-鿿]+|\d+|[A-Za-z]+", text):
        latin = piece.isascii()
        syllables += [piece.lower()] if latin else lazy_pinyin(piece, style=Style.NORMAL)
    return syllables
