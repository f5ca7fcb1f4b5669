"""The right unit and the city still covered, from desks joined to a core in another process."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.e2e.conftest import Program
from tests.e2e.serving import core, socket_beside
from tests.support.cities import zhangzhou
from zz110_tui.client.dial import over_socket
from zz110_tui.client.remote import RemoteLink
from zz110_tui.core.answers import Answer
from zz110_tui.core.commands_cover import FillIn
from zz110_tui.core.desks import Actor


def test_every_cover_command_goes_through_a_running_core(zz110: Program) -> None:
    with core(zz110) as served:
        zz110.do_all("n 抢劫 @胜利路x延安路", "n 盗窃 @T6")
        told = zz110.do("rec 1")["result"]
        assert told["candidates"][0]["unit"] == "05"
        sent = zz110.do("dt")
        assert {fact["incident"] for fact in _facts(sent, "unit_assigned")} == {1, 2}
        zz110.do("d 12,13,14 2")
        assert zz110.do("cv")["result"]["share"] < 0.95
        (filled,) = _facts(zz110.do("fill"), "unit_filled_in")
        assert filled["after"] > filled["before"]
        zz110.do("u")
        (posted,) = _facts(zz110.do("mv 08 P26"), "unit_posted")
        assert posted["unit"] == "08"
        rings = zz110.do("rg 01")["result"]
        assert len(rings["rings"]) == 3
        assert zz110.do("sa 1 car")["result"]["along_m"] >= 0
        (ring,) = _facts(zz110.do("wd 1"), "ring_closed")
        assert len({hold["unit"] for hold in ring["holds"]}) == len(ring["holds"]) > 2
        served.end()
    assert zz110.json("journal", "verify")["intact"] is True


def _facts(answer: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    assert answer["status"] == "accepted", answer
    return [entry["d"] for entry in answer["entries"] if entry["f"] == kind]


def test_of_two_desks_that_accept_the_same_fill_in_one_is_told_by_whom(zz110: Program) -> None:
    post = next(post for post in zhangzhou().posts if post.id == "P26")
    command = FillIn("10", post.name.text, post.point, "G12", 900, 950, 240)
    with core(zz110):
        answers = asyncio.run(_both(zz110, command))
    winner, loser = sorted(answers, key=lambda answer: not answer.accepted)
    assert winner.accepted
    assert loser.refusal is not None
    by = winner.entries[0].actor
    assert loser.refusal.code in ("changed_meanwhile", "filled_in_already")
    for language in ("zh", "en"):
        assert f"{by.desk} {by.person}" in loser.refusal.sentence(language)


async def _both(zz110: Program, command: FillIn) -> list[Answer]:
    dial = over_socket(socket_beside(zz110))
    links = [await RemoteLink.connect(dial, Actor(who, desk)) for desk, who in (("03", "李"), ("04", "王"))]
    for link in links:
        await link.join()
    try:
        return list(await asyncio.gather(*(link.submit(command) for link in links)))
    finally:
        for link in links:
            await link.close()
