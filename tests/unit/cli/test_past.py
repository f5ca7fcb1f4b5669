"""The past of a desk: filed and live slips from the history beside a store that somebody else is writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.pastwork import StorePast, filed_past
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import embedded_core
from zz110_tui.client.local import LocalLink
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Duty
from zz110_tui.core.places import Place
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.history import FOR_EVER, history_of


def _around(folder: Path, core: str = "") -> Surroundings:
    return look_around(Invocation(store=folder / "room.zz110", config_dir=folder, person="李", desk="03", core=core))


async def test_slips_are_found_by_words_and_by_days_beside_a_writer(tmp_path: Path) -> None:
    around = _around(tmp_path)
    async with embedded_core(around) as (engine, _):
        link = LocalLink(engine, around.actor("keyboard"))
        await link.submit(c.OpenDesk(Duty.DISPATCH))
        await link.submit(c.OpenIncident("fight", Place("漳州医院"), text="两人"))
        await link.submit(c.OpenIncident("theft", Place("芗剧院"), text="被盗"))
        async with filed_past(around) as past:
            assert past is not None
            now = engine.clock.now()
            assert [slip.number for slip in await past.find("医院", 0, FOR_EVER, 10)] == [1]
            assert [slip.number for slip in await past.find("", 0, now + 1, 10)] == [2, 1]
            assert await past.find("", 0, 1, 10) == ()
            await link.submit(c.AddNote(1, "后来的"))
            slip = await past.slip(1)
            assert slip is not None
            assert slip.reports
            assert slip.chronology[-1].position == engine.board.position, "as new as the journal"
            assert await past.slip(99) is None
    assert history_of(around.store).is_file()


async def test_where_there_is_no_store_there_is_trouble_and_no_history_file(tmp_path: Path) -> None:
    past = StorePast(_around(tmp_path))
    with pytest.raises(Trouble):
        await past.find("医院", 0, FOR_EVER, 10)
    assert not history_of(tmp_path / "room.zz110").exists()
    await past.close()


async def test_a_desk_on_another_machine_has_no_past(tmp_path: Path) -> None:
    async with filed_past(_around(tmp_path, core="elsewhere:1100")) as past:
        assert past is None
