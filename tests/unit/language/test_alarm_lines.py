"""The lines about alarms that stand: which one is meant, for how long it is shelved, and what is said before Enter."""

from __future__ import annotations

from tests.support.scenes import Desk, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core.alarms import AlarmKind, of_incident
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.desks import SYSTEM
from zz110_tui.language.parsed import Status
from zz110_tui.language.saying import tell_fact

MINUTE = 60_000


def late_desk(*kinds: str, language: str = "zh") -> Desk:
    """Incidents from 0142 on that nobody was sent to in time."""
    desk = Desk(first_incident=142, language=language)
    for kind in kinds:
        desk.open(kind)
    desk.now += 600_000
    for number in range(142, 142 + len(kinds)):
        subject = of_incident(number)
        assert [d.cause.kind for d in deadlines_of(desk.board, subject, rulebook())] == [AlarmKind.UNDISPATCHED]
        desk.do(c.RaiseAlarm(AlarmKind.UNDISPATCHED, subject), SYSTEM)
    return desk


def test_a_line_names_the_alarm_by_its_incident_and_says_for_how_long() -> None:
    desk = late_desk("fight", "noise")
    key = "undispatched:incident:142"
    for line in ("shelve 142 10m / 等家属", "shv 10m 142 / 等家属", "搁置 142 for=10 / 等家属"):
        assert desk.command(line) == ca.ShelveAlarm(key, "等家属", desk.now + 10 * MINUTE)
    assert desk.command("shelve 142 / 等家属") == ca.ShelveAlarm(key, "等家属")


def test_the_only_one_that_can_be_meant_needs_no_name() -> None:
    desk = late_desk("robbery", "noise")
    assert desk.command("shelve / 等家属") == ca.ShelveAlarm("undispatched:incident:143", "等家属"), (
        "0142 is priority 1"
    )
    desk.type("shelve / 等家属")
    assert desk.command("unshelve") == ca.UnshelveAlarm("undispatched:incident:143")


def test_of_several_it_is_asked_which() -> None:
    parsed = late_desk("fight", "noise").read("shelve / 等")
    assert parsed.status is Status.INCOMPLETE
    assert len(parsed.choices) == 2


def test_a_reason_has_to_be_written_and_what_is_refused_is_said_before() -> None:
    desk = late_desk("robbery")
    assert desk.read("shelve 142").status is Status.INCOMPLETE
    assert desk.read("shelve 142 / 等").status is Status.WRONG
    assert late_desk("fight").read("shelve 142 2h / 等").status is Status.WRONG
    assert desk.read("unshelve").status is Status.WRONG


def test_the_preview_says_until_when_and_what_brings_it_back() -> None:
    zh = late_desk("fight").read("shelve 142 10m / 等家属").preview
    assert "10:00" in zh
    assert "变严重时返回 / 等家属" in zh
    en = late_desk("fight", language="en").read("shelve 142 10m / waits").preview
    assert "for 10:00: back at" in en
    assert en.endswith("or when it gets worse / waits")


def test_taking_prefers_what_has_risen() -> None:
    desk = late_desk("noise", "noise")
    second = "undispatched:incident:143"
    desk.now += rulebook().limits_for(4).untaken
    desk.do(ca.RiseAlarm(second), SYSTEM)
    assert desk.command("take") == c.TakeAlarm(second)


def test_what_is_shelved_is_not_taken_by_itself_and_undo_says_what_comes_back() -> None:
    desk = late_desk("fight")
    desk.type("shelve 142 / 等家属")
    assert desk.read("take").status is Status.WRONG
    assert desk.command("take 142") == c.TakeAlarm("undispatched:incident:142")
    assert "待派超时 0142" in desk.read("undo").preview


def test_what_happened_is_told_in_both_languages() -> None:
    for language, said in (("zh", "搁置 待派超时 0142 到"), ("en", "shelved: undispatched 0142 until")):
        desk = late_desk("fight", language=language)
        (fact,) = desk.type("shelve 142 / 等家属")
        assert tell_fact(fact, desk.scene()).startswith(said)
        (back,) = desk.type("unshelve")
        assert "0142" in tell_fact(back, desk.scene())
        desk.now += 600_000
        (risen,) = desk.do(ca.RiseAlarm("undispatched:incident:142"), SYSTEM)
        assert ("无指挥席" if language == "zh" else "no supervisor") in tell_fact(risen, desk.scene())
