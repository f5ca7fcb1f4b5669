"""Who gets in: by the account at the other end of the socket, and nobody else."""

from __future__ import annotations

import os
import pwd
from dataclasses import replace
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.support.raw import raw
from tests.support.room import LI
from tests.support.serving import Serving, serving
from zz110_tui.client.remote import USUAL, Options
from zz110_tui.client.states import EntryRefused
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.people import Door, Person

ME = pwd.getpwuid(os.geteuid()).pw_name


class Listed:
    def __init__(self, *persons: Person) -> None:
        self._persons = {person.account: person for person in persons}

    def find(self, account: str) -> Person | None:
        return self._persons.get(account)


@pytest.fixture
def _not_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core seems to run under another account than the one that connects."""
    mine = os.geteuid()
    monkeypatch.setattr("zz110_tui.server.people.os.geteuid", lambda: mine + 1)


async def refused(served: Serving, actor: Actor = LI, options: Options = USUAL) -> str:
    with pytest.raises(EntryRefused) as no:
        await served.link(actor, options)
    assert no.value.goodbye.by_peer
    return no.value.goodbye.code


async def test_the_cores_own_account_may_say_who_sits_there(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        assert (await served.link(LI)).actor == LI
        assert (await served.link(replace(LI, person=""))).actor.person == ME


@pytest.mark.usefixtures("_not_the_owner")
async def test_another_account_is_who_the_list_says_whatever_it_claims(tmp_path: Path) -> None:
    door = Door(Listed(Person(ME, "李警官", (Duty.DISPATCH, Duty.TAKE))))
    async with serving(tmp_path, door=door) as served:
        link = await served.link(replace(LI, person="局长"))
        assert link.actor == Actor("李警官", "03", Duty.DISPATCH, "keyboard")
        answer = await link.submit(c.OpenDesk(Duty.DISPATCH))
        assert answer.entries[0].actor.person == "李警官"
        assert await refused(served, replace(LI, duty=Duty.ADMIN)) == "not_your_duty"
        assert served.notes.codes("refused_entry") == ["not_your_duty"]


@pytest.mark.usefixtures("_not_the_owner")
@pytest.mark.parametrize("door", [Door(), Door(Listed()), Door(Listed(Person("somebody", "x", (Duty.DISPATCH,))))])
async def test_an_account_that_is_not_on_the_list_stays_outside(tmp_path: Path, door: Door) -> None:
    async with serving(tmp_path, door=door) as served:
        assert await refused(served) == "unknown_person"
        (note,) = [values for event, values in served.notes.all if event == "refused_entry"]
        assert note["account"] == ME


async def test_nobody_is_the_cores_own_timers(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        assert await refused(served, replace(LI, duty=Duty.SYSTEM)) == "not_your_duty"


async def test_drill_and_live_do_not_meet(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        assert await refused(served, options=Options(kind="live")) == "other_kind"
        await served.link(LI, Options(kind="drill"))


async def test_one_person_has_so_many_links_and_no_more(tmp_path: Path) -> None:
    async with serving(tmp_path, links_per_person=2) as served:
        first = await served.link()
        await served.link()
        assert await refused(served) == "too_many_links"
        await first.close()
        await served.link()


async def test_a_full_room_says_so_and_that_it_is_worth_another_try(tmp_path: Path) -> None:
    async with serving(tmp_path, desks=1) as served:
        await served.link()
        with pytest.raises(EntryRefused) as no:
            await served.link()
        assert no.value.goodbye.code == "room_full"
        assert no.value.goodbye.again


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost"])
async def test_a_web_page_that_is_not_listed_is_refused(tmp_path: Path, origin: str) -> None:
    async with serving(tmp_path, origins=("https://map.example",)) as served:
        with pytest.raises(InvalidStatus) as no:
            async with raw(served.path, origin=origin):
                pass
        assert no.value.response.status_code == 403
        async with raw(served.path, origin="https://map.example") as page:
            assert (await page.enter())["k"] == "welcome"


async def test_an_administrator_is_sent_no_slips(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        link = await served.link(Actor("赵", "09", Duty.ADMIN, "cli"))
        with pytest.raises(Trouble, match="admin"):
            await link.join()
        assert (await link.submit(c.OpenDesk(Duty.ADMIN))).accepted


async def test_the_answer_to_somebody_elses_command_is_not_told(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        li, sun = await served.link(), await served.link(Actor("Sun", "08", Duty.DISPATCH))
        await li.submit(c.OpenDesk(Duty.DISPATCH), command_id="mine")
        with pytest.raises(Trouble, match="somebody else"):
            await sun.submit(c.OpenDesk(Duty.DISPATCH), command_id="mine")


@pytest.mark.parametrize("command_id", ["timer:undispatched:incident:1:2:3", "", "a b", "字"])
async def test_the_cores_own_ids_cannot_be_claimed(tmp_path: Path, command_id: str) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter()
        await page.say(f'{{"k":"submit","n":1,"id":"{command_id}","seen":null,"command":{{"do":"close_desk"}}}}')
        assert await page.last() == ("garbage", 1008)


async def test_an_id_that_cannot_be_sent_stays_here(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        link = await served.link()
        with pytest.raises(Trouble, match="id"):
            await link.submit(c.CloseDesk(), command_id="timer:1")
        assert link.unanswered == ()
