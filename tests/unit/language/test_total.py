"""Reading never raises, never changes anything, never takes long, and says nothing that could steer a terminal."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.effort import effort
from tests.support.reading_desk import desk
from tests.support.scenes import Desk, city
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.decide import decide
from zz110_tui.core.refusals import Refusal
from zz110_tui.language.complete import complete
from zz110_tui.language.line import LONGEST_LINE
from zz110_tui.language.parsed import Parsed, Status
from zz110_tui.language.verb import FIELD_NAMES, Verb
from zz110_tui.language.verbs import VERBS

HARMFUL = ("Cc", "Cf", "Cs", "Zl", "Zp")

_WORDS = (
    "142", "42", "0142", "139", "1", "7", "07", "3,7", "3-5", "3-", ",,,", ".", "^", "*", "r17", "r",
    "r18", "r999", "@F7", "@漳州医院", "@", "@~", "@117.65,24.51", "打架", "盗", "调解", "12345",
    "满意", "10m", "14:30", "99:99", "x", "X", "×", "/", '"', "“", "”", "=", "@@", "!1", "!9", "#142",
    "u=", "i=", "u=3", "i=.", "p=1", "t=打架", "at=F7", "stack=yes", "to=07", "q=", "al=", "until=5",
    "ok=0", "999999999999", "２", "３，７",
)  # fmt: skip

names = st.sampled_from([name for verb in VERBS for name in verb.names])
pieces = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(sorted(FIELD_NAMES)).map(lambda name: f"{name}="),
    st.text(st.characters(), max_size=12),
    st.integers(-(10**12), 10**12).map(str),
)
lines = st.builds(lambda verb, rest: " ".join([verb, *rest]), names, st.lists(pieces, max_size=8))
selections = st.sampled_from(
    [None, *(Subject(kind, name) for kind in SubjectKind for name in ("142", "17", "07", "0", "nonsense"))]
)


def hold_to_its_word(parsed: Parsed) -> None:
    """What any result has to keep."""
    for text in (parsed.preview, parsed.hint, *(choice.words for choice in parsed.choices)):
        assert not any(unicodedata.category(letter) in HARMFUL for letter in text), text
    assert (parsed.status is Status.READY) == ((parsed.command is not None) != (parsed.query is not None)) or (
        parsed.status is Status.WRONG and parsed.query is None
    )
    if parsed.status is not Status.READY:
        assert parsed.preview or parsed.hint
    if parsed.status is Status.AMBIGUOUS:
        assert parsed.command is None
        assert len(parsed.choices) >= 2


def accepted(parsed: Parsed) -> bool:
    scene = desk().scene()
    assert parsed.command is not None
    return not isinstance(decide(scene.board, parsed.command, scene.who, scene.now, scene.rules), Refusal)


@given(line=lines, language=st.sampled_from(["zh", "en"]))
def test_any_words_after_a_verb_are_read_or_explained(line: str, language: str) -> None:
    parsed = desk().read(line, language=language)
    hold_to_its_word(parsed)
    if parsed.ready and parsed.command is not None:
        assert accepted(parsed), "READY means that the core would take it now"


@given(line=st.text(st.characters(), max_size=200))
def test_any_text_at_all_is_read_or_explained(line: str) -> None:
    hold_to_its_word(desk().read(line))


@given(line=lines, selected=selections)
def test_whatever_is_selected_a_line_is_read_or_explained(line: str, selected: Subject | None) -> None:
    """A stale selection (of a slip that was filed meanwhile) is no crash."""
    hold_to_its_word(desk().read(line, selected=selected, gazetteer=None, travel=None))


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.key)
def test_a_selection_that_is_not_on_the_board_is_no_crash(verb: Verb) -> None:
    for kind, name in product(SubjectKind, ("nonsense", "", "0", "99999", "-1", "9" * 5_000)):
        for line in (f"{verb.short} .", verb.short, f"{verb.short} . / x"):
            hold_to_its_word(desk().read(line, selected=Subject(kind, name)))


@given(line=lines, cut=st.integers(0, 40))
def test_every_keystroke_on_the_way_is_read_and_completed(line: str, cut: int) -> None:
    hold_to_its_word(desk().read(line[:cut]))
    for completion in complete(line, cut, desk().scene()):
        assert 0 <= completion.cursor <= len(completion.line)


@given(line=lines)
def test_a_choice_leads_on(line: str) -> None:
    """Taking a choice never asks the very same question again."""
    parsed = desk().read(line)
    for choice in parsed.choices[:4]:
        assert desk().read(choice.insert) != parsed


@given(line=lines)
def test_reading_changes_nothing(line: str) -> None:
    before = desk().board.position
    incidents = dict(desk().board.incidents)
    desk().read(line)
    assert desk().board.position == before
    assert desk().board.incidents == incidents


HUGE = [
    "x" * 1_000_000,
    "d " + "3," * 500_000,
    "d " + "3 " * 500_000,
    "n 打架 @" + "路" * 1_000_000,
    "n " + "@" * 1_000_000,
    "d 1-999999 " * 50_000,
    " " * 1_000_000,
    "nt 142 / " + "字" * 1_000_000,
    '"' * 1_000_000,
    "\x1b" * 1_000_000,
    "9" * 1_000_000,
]
LARGE = [line[:LONGEST_LINE] for line in HUGE]


@pytest.mark.parametrize("line", [*HUGE, *LARGE], ids=lambda line: f"{line[:12]!r} {len(line)}")
def test_a_giant_line_is_answered_at_once(line: str) -> None:
    parsed = desk().read(line)
    assert effort(lambda: (desk().read(line), complete(line, len(line), desk().scene())), tries=1) < 2_000
    hold_to_its_word(parsed)
    assert parsed.status is Status.WRONG or len(line) <= LONGEST_LINE
    assert len(parsed.preview) < 20_000


def test_a_line_is_never_cut_in_silence() -> None:
    parsed = desk().read("nt 142 / " + "字" * LONGEST_LINE)
    assert parsed.status is Status.WRONG
    assert str(LONGEST_LINE) in parsed.hint


def test_hostile_text_reaches_neither_the_screen_nor_the_core(shared_data: Callable[[str], Path]) -> None:
    strings = json.loads(shared_data("vectors/security_text.json").read_text())["strings"]
    for vector in strings:
        text = vector["text"]
        for line in (f"nt 142 / {text}", f"n 打架 @~{text}", f"rp c={text}", f"find {text}", text, f"d {text} 142"):
            parsed = desk().read(line)
            hold_to_its_word(parsed)
            for value in (parsed.command, parsed.query):
                assert "\\x1b" not in repr(value)
                stored = getattr(value, "text", "") or getattr(value, "caller", "")
                assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in stored)


def test_markup_is_text_like_any_other() -> None:
    assert desk().command("nt 142 / [red]粤A12345[/red] [/ [$x]") == c.AddNote(142, "[red]粤A12345[/red] [/ [$x]")


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/London", "Nowhere/Atall", "", "../etc/passwd"])
def test_a_time_zone_nobody_has_is_no_crash(zone: str) -> None:
    assert desk().read("h 142 14:30 / x", timezone=zone).ready


@cache
def storm() -> Desk:
    """500 open incidents and 200 units, the storm of performance.md."""
    room = Desk()
    units = city().units
    many = tuple(replace(units[n % len(units)], call_sign=f"{n:03d}") for n in range(1, 201))
    room.do(c.AdoptCity("zhangzhou", "storm", many))
    for _ in range(500):
        room.open(text="两人持刀")
    for number in range(1, 151):
        room.dispatch(number, f"{number:03d}")
    return room


@pytest.mark.parametrize(
    "line",
    [
        "n 打架 @胜利路x延安路 / 两人持刀",
        "d 160,170 442 / 小心",
        "d 442",
        "d 160",
        "d",
        "os 17",
        "cl 42 调解",
        "nt 442 / x",
    ],
)
def test_a_line_is_read_at_once_in_a_storm(line: str) -> None:
    room = storm()
    room.read(line)
    assert effort(lambda: room.read(line), tries=9) < 50
