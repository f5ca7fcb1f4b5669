"""Old and new desk against old and new core: agreed, or refused in words that say which side to upgrade."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec
import pytest

from tests.support.talking import hello
from zz110_tui.core.refusals import SENTENCES
from zz110_tui.wire.agreement import common_version, disagreement, fingerprint, vocabulary
from zz110_tui.wire.frames import Vocabulary
from zz110_tui.wire.goodbyes import ENDINGS, Goodbye
from zz110_tui.wire.names import COMMANDS, FACTS
from zz110_tui.wire.session import Ended, Limits
from zz110_tui.wire.session_core import Asked, CoreSession


def changed(words: Vocabulary, **changes: object) -> Vocabulary:
    return msgspec.structs.replace(words, **changes)


def no(core: Vocabulary, desk: Vocabulary) -> Goodbye:
    reason = disagreement(core, "0.9", desk, "0.4")
    assert reason is not None
    return reason


OURS = vocabulary()


def raised(shapes: dict[str, str], name: str) -> dict[str, str]:
    """The same shapes, one of them a version later."""
    version, _, _ = shapes[name].partition(".")
    return {**shapes, name: f"{int(version) + 1}.00000000"}


@pytest.mark.parametrize(
    ("theirs", "ours", "common"),
    [((1, 1), (1, 1), 1), ((1, 3), (2, 5), 3), ((1, 2), (3, 4), None), ((4, 9), (1, 3), None), ((1, 9), (1, 1), 1)],
)
def test_the_highest_common_version_of_the_frames_is_used(
    theirs: tuple[int, int], ours: tuple[int, int], common: int | None
) -> None:
    assert common_version(theirs, ours) == common


def test_the_same_program_agrees_with_itself() -> None:
    assert disagreement(OURS, "1", OURS, "1") is None
    assert set(OURS.facts) == {name.text for name in FACTS.of.values()}
    assert set(OURS.commands) == {name.text for name in COMMANDS.of.values()}


def test_a_desk_that_could_not_read_a_fact_is_told_to_upgrade() -> None:
    reason = no(changed(OURS, facts={**OURS.facts, "unit_cloned": "1.aa"}), OURS)
    assert reason.code == "desk_older"
    assert "unit_cloned" in reason.sentence("zh")
    assert "0.4" in reason.sentence("en")
    assert no(changed(OURS, facts=raised(OURS.facts, "desk_opened")), OURS).code == "desk_older"
    assert no(changed(OURS, refusals=(*OURS.refusals, "too_tired")), OURS).code == "desk_older"


def test_a_core_that_could_not_read_a_command_is_to_be_upgraded() -> None:
    reason = no(OURS, changed(OURS, commands={**OURS.commands, "clone_unit": "1.aa"}))
    assert reason.code == "core_older"
    assert "clone_unit" in reason.sentence("en")
    assert no(OURS, changed(OURS, commands=raised(OURS.commands, "dispatch"))).code == "core_older"


def test_what_a_newer_side_only_reads_is_no_hindrance() -> None:
    """A newer desk reads more facts; a newer core takes more commands, and lifts the older ones."""
    assert disagreement(OURS, "1", changed(OURS, facts={**OURS.facts, "unit_cloned": "1.aa"}), "2") is None
    assert disagreement(changed(OURS, commands={**OURS.commands, "clone_unit": "1.aa"}), "2", OURS, "1") is None
    assert disagreement(changed(OURS, commands=raised(OURS.commands, "dispatch")), "2", OURS, "1") is None
    assert disagreement(OURS, "1", changed(OURS, facts=raised(OURS.facts, "desk_opened")), "2") is None


def test_the_same_version_of_another_shape_is_noticed() -> None:
    for other in (
        changed(OURS, facts={**OURS.facts, "desk_opened": "1.ffffffff"}),
        changed(OURS, commands={**OURS.commands, "dispatch": OURS.commands["dispatch"][:-1] + "?"}),
        changed(OURS, image="1.ffffffff"),
    ):
        assert no(OURS, other).code == "builds_differ"


def test_a_long_list_is_cut() -> None:
    many = {f"fact_{n}": "1.aa" for n in range(100)}
    reason = no(changed(OURS, facts={**OURS.facts, **many}), OURS)
    assert "fact_5" in reason.sentence("en")
    assert "fact_6" not in reason.sentence("en")


def test_a_shape_sees_fields_types_and_words() -> None:
    class Mood(StrEnum):
        CALM = "calm"

    class Moods(StrEnum):
        CALM = "calm"
        CROSS = "cross"

    @dataclass
    class A:
        n: int
        mood: Mood

    @dataclass
    class Renamed:
        m: int
        mood: Mood

    @dataclass
    class Retyped:
        n: str
        mood: Mood

    @dataclass
    class Reworded:
        n: int
        mood: Moods

    for cls in (A, Renamed, Retyped, Reworded):
        cls.__annotations__ = {
            k: {"int": int, "str": str, "Mood": Mood, "Moods": Moods}[v] for k, v in cls.__annotations__.items()
        }
    assert len({fingerprint(cls) for cls in (A, Renamed, Retyped, Reworded)}) == 4


def test_a_refused_hello_ends_the_session_in_words() -> None:
    core = CoreSession(Limits(), 0, "0.9")
    words = changed(OURS, commands={**OURS.commands, "clone_unit": "1.aa"})
    came = core.receive(hello(words=words), 0)
    assert isinstance(came, Ended)
    assert came.goodbye.code == "core_older"
    assert b"clone_unit" in core.take(0)[0].data
    assert isinstance(CoreSession(Limits(), 0, "0.9").receive(hello(), 0), Asked)


def test_a_hello_of_ours_fits_what_a_core_takes() -> None:
    assert len(hello(person="李" * 40, ticket="x" * 128).encode()) < Limits().hello_bytes / 2


def test_every_ending_has_words_in_both_languages() -> None:
    for code, ending in ENDINGS.items():
        assert ending.words.zh, code
        assert ending.words.en, code
    assert not set(ENDINGS) & set(SENTENCES), "a goodbye is no refusal"
