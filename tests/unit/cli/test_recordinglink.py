"""What a core in the same process refuses is in the security record: who, where and why, and nothing of the slip."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.support.engines import running
from tests.support.room import CROSSING, LI
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.noting import account
from zz110_tui.cli.recordinglink import RecordingLink
from zz110_tui.cli.surroundings import look_around
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Duty
from zz110_tui.server.securityfile import SecurityFile, security_of


async def test_a_refusal_is_kept_and_an_accepted_command_is_not(tmp_path: Path) -> None:
    around = look_around(Invocation(store=tmp_path / "store.zz110"))
    async with running() as room:
        link = RecordingLink(around, room.engine, LI)
        auditor = RecordingLink(around, room.engine, replace(LI, duty=Duty.AUDIT))
        assert (await link.submit(c.OpenIncident("fight", CROSSING, text="两人持刀", caller="陈小明"))).accepted
        assert not security_of(around.store).exists(), "nothing to write down yet"
        assert not (await link.submit(c.Dispatch(9, ("01",)))).accepted
        assert not (await auditor.submit(c.AddNote(1, "陈小明来过"))).accepted
        await link.close()
        await auditor.close()
    file = SecurityFile(security_of(around.store))
    kept = [note.said for note in file.last(10)]
    assert file.judge().intact
    file.close()
    assert [(n["event"], n["account"], n["desk"], n["duty"], n["command"], n["code"]) for n in kept] == [
        ("refused", account(), "03", "dispatch", "dispatch", "no_such_incident"),
        ("refused", account(), "03", "audit", "add_note", "not_yours_to_do"),
    ]
    assert "陈小明" not in json.dumps(kept, ensure_ascii=False)
