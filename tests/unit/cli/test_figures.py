from __future__ import annotations

import pytest

from tests.support.room import RULES, Room
from zz110_tui.cli.exits import USAGE
from zz110_tui.cli.figureview import BY, csv_columns, csv_row, end_name, figure_lines, figures_document, groups_of
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.times import moment
from zz110_tui.core.figures import Figures, figures
from zz110_tui.core.incidents import ReportEnd
from zz110_tui.core.slips import SlipCollector
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import zone

CHINA = zone("Asia/Shanghai")
MARCH_1 = 1_772_294_400_000
DAY = 86_400_000


def of_a_handled_slip() -> Figures:
    room = Room()
    room.handled()
    collector = SlipCollector()
    return figures(collector.slips(room.board), collector.contacts(room.board), RULES)


def test_a_day_begins_and_ends_by_the_rooms_own_clock() -> None:
    assert moment("2026-03-01", CHINA) == MARCH_1
    assert moment("2026-03-01", CHINA, end_of_day=True) == MARCH_1 + DAY
    assert moment("2026-03-01T08:00", CHINA, end_of_day=True) == MARCH_1 + DAY // 3
    assert moment("2026-02-28T16:00Z", CHINA) == MARCH_1
    assert moment("", CHINA) is None


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-02-30", "9999-12-31T99:00", "1"])
def test_what_is_no_time_is_a_usage_error(text: str) -> None:
    with pytest.raises(Trouble) as caught:
        moment(text, CHINA, end_of_day=True)
    assert caught.value.exit_code == USAGE


def test_the_last_day_there_is_does_not_break_it() -> None:
    with pytest.raises(Trouble):
        moment("9999-12-31", CHINA, end_of_day=True)


@pytest.mark.parametrize("by", BY)
def test_a_grouping_leaves_the_others_out(by: str) -> None:
    document = figures_document(of_a_handled_slip(), CHINA, by)
    assert [name for name in document if name.startswith("by_")] == [f"by_{by}"]
    assert document["first_at_local"].endswith("+08:00")


@pytest.mark.parametrize("by", BY)
def test_a_row_of_the_table_fills_its_columns(by: str) -> None:
    for group in groups_of(of_a_handled_slip(), by):
        assert list(csv_row(by, group)) == csv_columns(by)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_code_of_the_programme_stands_in_the_figures_a_person_reads(language: str) -> None:
    around = look_around(Invocation(language=language))
    text = "\n".join(figure_lines(of_a_handled_slip(), around, CHINA))
    assert "_" not in text
    assert ("slip opened" in text) == (language == "en")


@pytest.mark.parametrize("code", [*ReportEnd, *RULES.dispositions])
def test_every_end_of_a_call_has_its_chinese_word(code: str) -> None:
    assert not end_name(look_around(Invocation(language="zh")), code).isascii()


def test_a_disposition_that_is_no_longer_in_the_rulebook_stays_readable() -> None:
    assert end_name(look_around(Invocation(language="zh")), "sent_to_the_moon") == "sent_to_the_moon"
