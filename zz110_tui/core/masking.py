"""Personal data, masked: what a desk, an export or a drill shows unless somebody is allowed to see all of it.

The masks are those of Chinese practice: the first three and last four digits of a telephone number stay (so that a
caller can be recognised when he calls again), and the family name of a person.
"""

from __future__ import annotations

import re

MASK = "*"
SEPARATORS = "+-() "
_DIGITS = re.compile(r"\d")
_CODES = re.compile(r"(?:\+|00)\d{1,3}[- ]|(?:\+|00)86|\(?0\d{2,3}[-) ]")
"""A country code or an area code, set apart so that it can be told from the number."""
_COMPOUND_SURNAMES = (
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟",
    "公孙", "慕容", "令狐", "宇文", "长孙", "端木", "夏侯", "轩辕",
)  # fmt: skip


def mask_contact(contact: str) -> str:
    """``13912342207`` as ``139****2207``, ``0596-2881234`` as ``0596-***1234``.

    Country and area codes stay. A short number keeps about half of its digits at most; an address that is no number
    keeps its first letter.
    """
    open_part = _CODES.match(contact)
    start = open_part.end() if open_part else 0
    digits = len(_DIGITS.findall(contact, start))
    if not digits and not start:
        return _first_letter(contact)
    # What was masked before has been digits, so that a number that is masked twice is masked alike.
    once = digits + contact.count(MASK, start)
    head, tail = (3, 4) if once >= 10 else (0, 4) if once >= 7 else (0, once // 3)
    seen = 0
    masked = [contact[:start]]
    for letter in contact[start:]:
        if letter.isdecimal():
            seen += 1
            masked.append(letter if seen <= head or seen > digits - tail else MASK)
        else:
            masked.append(letter if letter in SEPARATORS else MASK)
    return "".join(masked)


def _first_letter(address: str) -> str:
    first = address[:1] if len(address) > 1 else MASK * len(address)
    return first + "".join(letter if letter in SEPARATORS else MASK for letter in address[1:])


def same_contact(one: str, other: str) -> bool:
    """Whether two contacts are the same number, as far as can be told: of one that is masked only what is open."""
    if one == other:
        return bool(one)
    return (MASK in one or MASK in other) and bool(one) and mask_contact(one) == mask_contact(other)


def mask_name(name: str) -> str:
    """``李小明`` as ``李**``, ``欧阳修`` as ``欧阳*``, ``John Smith`` as ``J*** S****``."""
    return " ".join(_mask_word(word) for word in name.split(" "))


def _mask_word(word: str) -> str:
    if not word:
        return word
    keep = 2 if len(word) > 2 and word.startswith(_COMPOUND_SURNAMES) else 1
    if len(word) == 1:
        return MASK
    return word[:keep] + MASK * (len(word) - keep)
