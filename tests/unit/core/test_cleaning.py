"""Text from outside neither steers a terminal nor hides what it says."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.cleaning import MOST_MARKS, clean, lookalikes, shorten, visible

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
SEEN_FORMATS = {"؀", "؁", "؂", "؃", "؄", "؅", "۝", "܏", "࣢", "࢐", "࢑"}
"""Format characters of Arabic and Syriac writing that have a shape and enclose digits."""


def harmless(text: str) -> bool:
    return all(
        unicodedata.category(letter) not in HIDDEN or letter in SEEN_FORMATS or ord(letter) > 0x10FFF for letter in text
    )


@pytest.fixture(scope="module")
def vectors(shared_data: Callable[[str], Path]) -> dict[str, dict[str, str]]:
    strings = json.loads(shared_data("vectors/security_text.json").read_text())["strings"]
    return {vector["id"]: vector for vector in strings}


def test_no_hostile_string_reaches_the_terminal(vectors: dict[str, dict[str, str]]) -> None:
    for vector in vectors.values():
        for made in (clean(vector["text"]), visible(vector["text"])):
            assert harmless(made), vector["id"]
            assert "\n" not in made, vector["id"]


MUST: dict[str, Callable[[str, str], bool]] = {
    "osc52-st": lambda text, made: made == "报警␛]52;c;RVZJTA==␛\\人",
    "osc0-title": lambda text, made: made.startswith("␛]0;PWNED"),
    "c1-csi": lambda text, made: made == "‹U+009B›31m红色‹U+009B›0m",
    "osc8-link": lambda text, made: "␛]8;;http" in made,
    "tab-cr-lf": lambda text, made: made == "a b⏎c⏎d⏎e",
    "markup-close": lambda text, made: made == text,
    "markup-foo": lambda text, made: made == text,
    "markup-var": lambda text, made: made == text,
    "markup-plate": lambda text, made: made == text,
    "bidi-isolate": lambda text, made: made == "‹U+2066›支援‹U+2069›",
    "zwj-emoji": lambda text, made: made == "👮♂",
    "cyrillic-plate": lambda text, made: made != "粤A12345" and lookalikes(text) == (("А", "A"),),
    "combining": lambda text, made: made == "é" + "\u0301" * MOST_MARKS,
    "rare-name": lambda text, made: made == text,
    "csv-formula": lambda text, made: made == text,  # quoting is the export's work
    "path": lambda text, made: made == text,  # no name is ever made a path
    "long": lambda text, made: len(shorten(made, 100)) == 100 and shorten(made, 100).endswith("…"),
}


@pytest.mark.parametrize("name", MUST)
def test_each_vector_is_shown_as_it_must_be(vectors: dict[str, dict[str, str]], name: str) -> None:
    text = vectors[name]["text"]
    assert MUST[name](text, visible(text))


def test_every_vector_has_its_rule(vectors: dict[str, dict[str, str]]) -> None:
    assert set(vectors) == set(MUST)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("两人持刀，往北跑", "两人持刀，往北跑"),
        ("\x1b[31m", "␛[31m"),
        ("a\x00b\x07c\x7f", "a␀b␇c␡"),
        ("\u202eevil", "‹U+202E›evil"),
        ("\u060012 \u070f", "‹U+0600›12 ‹U+070F›"),
        ("zero\u200bwidth\ufeff", "zero‹U+200B›width‹U+FEFF›"),
        ("soft\u00adhyphen", "soft‹U+00AD›hyphen"),
        ("\ud800", "‹U+D800›"),
        ("tag\U000e0041", "tag‹U+E0041›"),
        ("e\u0301", "é"),
        ("filler\u3164", "filler‹U+3164›"),
        ("x\u0085y\u2028z", "x⏎y⏎z"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(("newlines", "cleaned"), [("⏎", "一⏎二⏎三"), ("\n", "一\n二\n三"), (" ", "一 二 三")])
def test_line_ends_become_what_is_asked(newlines: str, cleaned: str) -> None:
    assert clean("一\r\n二\n三", newlines=newlines) == cleaned


def test_variation_selectors_of_names_are_kept_but_not_drawn() -> None:
    name = "葛\U000e0100"
    assert clean(name) == name
    assert visible(name) == "葛"


@given(st.text(st.characters()))
def test_cleaning_is_total_harmless_and_done_once(text: str) -> None:
    made = clean(text)
    assert harmless(made)
    assert clean(made) == made
    shown = visible(text)
    assert harmless(shown)
    assert visible(shown) == shown
    assert made.encode().decode() == made  # lone surrogates are named, so that every store can keep the rest


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("Lo", "Ll", "Lu", "Nd", "Zs"))))
def test_ordinary_text_stays_what_it_is(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    fillers = "\u115f\u1160\u3164\uffa0"
    if not any(filler in text for filler in fillers):
        assert clean(text) == composed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("粤A12345", ()),
        ("粤А12345", (("А", "A"),)),
        ("Иванов", ()),
        ("Москва 5", ()),
        ("闽Е·8В33", (("Е", "E"), ("В", "B"))),
        ("hellο", (("ο", "o"),)),
        ("打架", ()),
    ],
)
def test_letters_that_pass_for_latin_ones_are_found_inside_latin_words(
    text: str, found: tuple[tuple[str, str], ...]
) -> None:
    assert lookalikes(text) == found


def test_a_cut_is_always_shown() -> None:
    assert shorten("胜利路x延安路", 10) == "胜利路x延安路"
    assert shorten("胜利路x延安路", 4) == "胜利路…"
    assert shorten("ab", 1) == "…"
