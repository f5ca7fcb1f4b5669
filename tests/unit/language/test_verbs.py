"""THE verb table: complete, without clashes, open to an agency's own words."""

from __future__ import annotations

import typing

import pytest

from tests.support.matters import with_matters
from tests.support.scenes import Desk
from zz110_tui.core import commands as c
from zz110_tui.core.commands_alarms import RiseAlarm
from zz110_tui.core.commands_matters import EndNotice
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.building.builders import BUILDERS
from zz110_tui.language.parsed import Status
from zz110_tui.language.previewing import _PREVIEWS
from zz110_tui.language.verb import FIELDS, Kind
from zz110_tui.language.verbs import BY_KEY, VERBS, verb_index, verb_names

NOT_TYPED = {c.AdoptCity, c.OpenDesk, c.CloseDesk, c.FileSlips, EndNotice, RiseAlarm}
"""Commands nobody types: the room's own bookkeeping."""


def every_name() -> list[tuple[str, str]]:
    return [(name, verb.key) for verb in VERBS for name in verb.names]


@pytest.mark.parametrize(("name", "key"), every_name())
def test_a_verb_goes_by_each_of_its_names(name: str, key: str) -> None:
    desk = Desk(first_incident=142)
    desk.open()
    for line in (name, name.upper(), f"  {name}  ", f"{name} 142"):
        verb = desk.read(line).verb
        assert verb is not None, line
        assert verb.key == key


def test_every_verb_has_a_short_a_long_a_chinese_and_a_pinyin_name() -> None:
    for verb in VERBS:
        assert 1 <= len(verb.short) <= 3, verb.key
        assert (verb.short + verb.long).isascii(), verb.key
        assert not verb.zh.isascii(), verb.key
        assert verb.pinyin.isascii(), verb.key
        assert verb.pinyin.isalpha(), verb.key
        assert all((verb.does.zh, verb.does.en)), verb.key
        assert verb.examples, verb.key


def test_the_words_of_the_product_are_there() -> None:
    calls = "n a d de do ack er os cl av oos x pre h up dn link split tr nt"
    shorts = f"{calls} msg ord warn sup mv fill on off bolo find show undo ?".split()
    index = verb_index()
    assert all(short in index for short in shorts)
    assert index["new"].key == index["n"].key == "new"


def test_every_verb_makes_something_and_every_command_can_be_typed() -> None:
    assert set(BUILDERS) == set(BY_KEY)
    typed = set(_PREVIEWS) | NOT_TYPED
    assert typed == set(typing.get_args(c.Command))


def test_fields_of_slots_are_known_and_their_names_do_not_clash() -> None:
    names = [name for field, more in FIELDS.items() for name in (field, *more)]
    assert len(names) == len(set(names))
    for verb in VERBS:
        fields = [slot.field for slot in verb.slots]
        assert len(fields) == len(set(fields)), verb.key
        assert set(fields) <= set(FIELDS), verb.key


def test_only_a_verb_of_free_words_takes_them_bare() -> None:
    for verb in VERBS:
        for slot in verb.slots:
            assert not (slot.kind is Kind.RAW and slot.bare and len(verb.slots) > 1), verb.key


def test_an_agency_may_add_names() -> None:
    index = verb_index({"派车": "dispatch", "go": "d", "走": "派警"})
    assert index["派车"].key == index["go"].key == index["走"].key == "dispatch"
    desk = Desk(first_incident=142)
    desk.open()
    assert desk.command("派车 03 142", aliases={"派车": "dispatch"}) == c.Dispatch(142, ("03",))
    assert desk.command("派车03 142", aliases={"派车": "dispatch"}) == c.Dispatch(142, ("03",))


@pytest.mark.parametrize(
    "aliases", [{"n": "dispatch"}, {"打": "nothing"}, {"two words": "d"}, {"": "d"}, {"@x": "d"}, {"派": "os"}]
)
def test_an_alias_that_clashes_or_cannot_be_typed_is_an_error_at_start_up(aliases: dict[str, str]) -> None:
    with pytest.raises(Trouble) as caught:
        verb_index(aliases)
    assert caught.value.remedy
    assert next(iter(aliases)) in str(caught.value) or "nothing" in str(caught.value)


def test_an_alias_may_repeat_what_is_so_already() -> None:
    assert verb_index({"d": "dispatch"})["d"].key == "dispatch"


def test_a_bad_alias_never_breaks_a_keystroke() -> None:
    assert verb_names({"n": "dispatch"})["n"].key == "new"


def busy(*, answered: int = 17) -> Desk:
    """A desk at which every example of the table means something: 142 waits, 143 too; nobody is on the way yet."""
    desk = Desk(first_incident=142)
    for _ in range(17):
        desk.ring()
    desk.do(c.AnswerReport(answered))
    desk.open()
    desk.open("noise", "水仙大街118号")
    return with_matters(desk)


READY_AT_ONCE = [
    (verb.key, example)
    for verb in VERBS
    for example in verb.examples
    if verb.key in {"report", "answer", "new", "advise", "invalid", "nuisance", "abandon", "dispatch", "hold", "raise"}
    or verb.key
    in {"lower", "amend", "note", "transfer", "cancel", "emergency", "find", "show", "help", "move", "off_duty"}
    or verb.key in {"dispatch_en_route", "dispatch_on_scene", "out_of_service", "link", "undo"}
]


@pytest.mark.parametrize(("key", "example"), READY_AT_ONCE)
def test_an_example_of_the_table_can_be_sent_as_it_stands(key: str, example: str) -> None:
    parsed = busy(answered=16 if key == "answer" else 17).read(example)
    assert parsed.status is Status.READY, (example, parsed)
    assert parsed.verb is not None
    assert parsed.verb.key == key


@pytest.mark.parametrize(("key", "example"), [(v.key, e) for v in VERBS for e in v.examples])
def test_every_example_is_read_as_its_verb_and_never_misunderstood(key: str, example: str) -> None:
    """What the moment does not allow is refused by the core, with its reason; no example is a puzzle."""
    parsed = busy().read(example)
    assert parsed.verb is not None
    assert parsed.verb.key == key
    assert parsed.status is not Status.AMBIGUOUS, parsed
    assert "不认识" not in parsed.preview
    assert parsed.preview
