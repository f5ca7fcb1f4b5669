"""The past of a desk with its own core: filed and live slips, by the same door as over a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import open_board, open_journal_to_read, open_room
from zz110_tui.client.past import LinkPast
from zz110_tui.core import commands as c
from zz110_tui.core.places import Place
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.securityfile import SecurityFile, security_of
from zz110_tui.store.history import FOR_EVER, history_of


def _around(folder: Path, core: str = "", duty: str = "") -> Surroundings:
    return look_around(
        Invocation(store=folder / "room.zz110", config_dir=folder, person="李", desk="03", core=core, duty=duty)
    )


async def test_slips_are_found_by_words_and_by_days_beside_the_writer_and_that_is_written_down(tmp_path: Path) -> None:
    around = _around(tmp_path)
    async with open_room(around, "keyboard") as room:
        link = room.link
        await link.submit(c.OpenIncident("fight", Place("漳州医院"), text="两人"))
        await link.submit(c.OpenIncident("theft", Place("芗剧院"), text="被盗"))
        past = LinkPast(link)
        now = link.now()
        assert [slip.number for slip in await past.find("医院", 0, FOR_EVER, 10)] == [1]
        assert [slip.number for slip in await past.find("", 0, now + 1, 10)] == [2, 1]
        assert await past.find("", 0, 1, 10) == ()
        noted = await link.submit(c.AddNote(1, "后来的"))
        slip = await past.slip(1)
        assert slip is not None
        assert slip.reports
        assert slip.chronology[-1].position == noted.position, "as new as the journal"
        assert await past.slip(99) is None
    assert history_of(around.store).is_file()
    file = SecurityFile(security_of(around.store))
    read = [note.said for note in file.last(100) if note.said["event"] == "read"]
    file.close()
    assert [said["what"] for said in read] == ["find"] * 3 + ["incident show"] * 2
    assert {said["desk"] for said in read} == {"03"}


async def test_a_desk_of_its_own_core_may_not_read_more_than_its_duty(tmp_path: Path) -> None:
    async with open_room(_around(tmp_path, duty="audit"), "keyboard") as room:
        await LinkPast(room.link).slips()
    async with open_room(_around(tmp_path, duty="admin"), "keyboard") as room:
        with pytest.raises(Trouble, match="may not read"):
            await LinkPast(room.link).slips()


def test_what_reads_the_store_itself_says_that_it_cannot_be_done_through_a_core(tmp_path: Path) -> None:
    around = _around(tmp_path, core="elsewhere:1100")
    with pytest.raises(Trouble, match="at the core's machine") as no, open_journal_to_read(around):
        pass
    assert no.value.exit_code == 69


def test_a_core_elsewhere_that_is_not_there_is_said_and_no_local_store_is_read_instead(tmp_path: Path) -> None:
    with pytest.raises(Trouble), open_board(_around(tmp_path, core="localhost:1")):
        pass
    assert not (tmp_path / "room.zz110").exists()
