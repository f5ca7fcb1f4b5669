"""Importing calls: nothing twice, nothing away without a word."""

from __future__ import annotations

import csv
import gzip
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.config.bundled import bundled
from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill import calls as imports
from zz110_tui.drill.calls import (
    CallRecord,
    CallsFile,
    CallsMapping,
    ImportProgress,
    ImportReport,
    find_mapping,
    import_calls,
    load_mapping,
    read_calls,
)

MAPPING = """
format = 1
id = "town"
[file]
missing = ["NULL"]
[time]
zone = "Asia/Shanghai"
formats = ["iso", "%d.%m.%Y %H:%M:%S", "epoch_s"]
[columns]
received = "at"
arrived = { column = "took", after = "received", unit = "s" }
closed = "end"
lon = "x"
lat = "y"
place = ["street", "no"]
type = "kind"
channel = "by"
text = "note"
[types]
"打架*" = "fight"
[channels]
"微信" = "wechat"
"""
HEADER = "at,took,end,x,y,street,no,kind,by,note"
GOOD = "2023-05-01 12:00:00,120,,117.65,24.51,胜利路,12,打架斗殴,微信,两人"


@pytest.fixture
def mapping(tmp_path: Path) -> CallsMapping:
    path = tmp_path / "town.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return load_mapping(path)


class Import:
    def __init__(self, folder: Path, mapping: CallsMapping) -> None:
        self.folder = folder
        self.mapping = mapping
        self.target = folder / "calls.zz110"
        self.rejects = folder / "rejects.csv"

    def __call__(self, *lines: str, header: str = HEADER, stop: Callable[[], bool] = lambda: False) -> ImportReport:
        source = self.folder / "source.csv"
        source.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        return import_calls(source, self.mapping, self.target, self.rejects, stop=stop)

    def stored(self) -> list[CallRecord]:
        with CallsFile(self.target) as file:
            return list(file.read())

    def rejected(self) -> list[tuple[int, str]]:
        with self.rejects.open(encoding="utf-8", newline="") as file:
            return [(int(row["line"]), row["reason"]) for row in csv.DictReader(file)]


@pytest.fixture
def importing(tmp_path: Path, mapping: CallsMapping) -> Import:
    return Import(tmp_path, mapping)


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_a_row_becomes_a_call_in_our_words_and_our_time(importing: Import) -> None:
    importing(GOOD)
    (call,) = importing.stored()
    assert call.received_ms == ms("2023-05-01T04:00:00")
    assert call.arrived_ms == ms("2023-05-01T04:02:00")
    assert (call.dispatched_ms, call.closed_ms) == (0, 0)
    assert call.point == Point(117.65, 24.51)
    assert (call.place, call.type, call.words, call.channel, call.text) == (
        "胜利路, 12",
        "fight",
        "打架斗殴",
        Channel.WECHAT,
        "两人",
    )
    assert call.source.startswith("town:#")


@pytest.mark.parametrize("at", ["2023-05-01T12:00", "01.05.2023 12:00:00", "1682913600", "2023-05-01T04:00:00+00:00"])
def test_times_are_read_in_each_of_the_formats(importing: Import, at: str) -> None:
    importing(GOOD.replace("2023-05-01 12:00:00", at))
    assert [call.received_ms for call in importing.stored()] == [ms("2023-05-01T04:00:00")]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2023-05-01 12:00:00", "yesterday", "bad_time"),
        ("2023-05-01 12:00:00", "2023-02-30 12:00:00", "bad_time"),
        ("2023-05-01 12:00:00", "99999999999999", "bad_time"),
        ("2023-05-01 12:00:00", "", "no_time"),
        ("2023-05-01 12:00:00", "NULL", "no_time"),
        ("120,,", "-5,,", "bad_time"),
        ("120,,", "nan,,", "bad_time"),
        ("120,,", "120,2023-05-01 11:00:00,", "time_order"),
        ("117.65", "", "no_place"),
        ("117.65", "217.65", "bad_place"),
        ("117.65", "inf", "bad_place"),
        ("117.65", "east", "bad_place"),
        ("117.65,24.51", "0,0.0", "zero_place"),
        (",12,", ",", "ragged"),
        (",12,", ",12,13,", "ragged"),
        ("两人", "人" * 4001, "too_long"),
        ("胜利路", "x\0y", "nul"),
        ("胜利路", 'x"', ""),
        ("胜利路", '"x"y', "bad_quotes"),
    ],
)
def test_a_bad_row_goes_to_the_rejects_with_line_and_reason(importing: Import, old: str, new: str, reason: str) -> None:
    assert old in GOOD
    report = importing(GOOD, GOOD.replace(old, new), GOOD)
    assert importing.rejected() == ([(3, reason)] if reason else [])
    assert report.read == 3
    assert report.added == len(importing.stored()) == 3 - report.rejected
    assert reason == "" or reason in imports.REASONS


def test_calls_from_where_nobody_knows_are_taken_where_the_mapping_says_so(tmp_path: Path) -> None:
    path = tmp_path / "town.toml"
    path.write_text(MAPPING + "[place]\nrequired = false\n", encoding="utf-8")
    importing = Import(tmp_path, load_mapping(path))
    importing(GOOD.replace("117.65", ""), GOOD.replace("117.65,24.51", "0,0"), GOOD.replace("117.65", "east"))
    assert [call.point for call in importing.stored()] == [None, None]
    assert importing.rejected() == [(4, "bad_place")]


def test_the_same_file_twice_changes_nothing(importing: Import) -> None:
    other = GOOD.replace("12:00:00", "13:00:00")
    first = importing(GOOD, other, GOOD)
    stored, bytes_then = importing.stored(), importing.target.read_bytes()
    second = importing(GOOD, other, GOOD)
    assert (first.added, first.known) == (3, 0)
    assert (second.added, second.known) == (0, 3)
    assert importing.stored() == stored
    assert importing.target.read_bytes() == bytes_then


def test_calls_that_say_the_same_are_still_two_calls(importing: Import) -> None:
    importing(GOOD, GOOD)
    assert len({call.source for call in importing.stored()}) == 2


def test_a_longer_file_adds_only_what_is_new(importing: Import) -> None:
    importing(GOOD, GOOD)
    report = importing(GOOD, GOOD, GOOD)
    assert (report.added, report.known) == (1, 2)


def test_the_sources_own_id_is_kept_and_one_id_with_two_contents_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "town.toml"
    path.write_text(MAPPING.replace('received = "at"', 'received = "at"\nid = "nr"'), encoding="utf-8")
    importing = Import(tmp_path, load_mapping(path))
    header = f"nr,{HEADER}"
    importing(f"A1,{GOOD}", f"A1,{GOOD}", header=header)
    report = importing(f"A1,{GOOD.replace('120', '150')}", f"A2,{GOOD}", header=header)
    assert [call.source for call in importing.stored()] == ["town:A1", "town:A2"]
    assert (report.added, report.known, report.rejected) == (1, 0, 1)
    assert importing.rejected() == [(2, "same_id")]


def test_an_import_that_was_broken_off_goes_on_where_it_was(importing: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "BATCH", 2)
    rows = [GOOD.replace("12:00:00", f"12:00:{n:02}") for n in range(7)]
    broken = importing(*rows, stop=lambda: True)
    assert (broken.complete, broken.read, broken.added) == (False, 2, 2)
    whole = importing(*rows)
    assert (whole.complete, whole.read, whole.added, whole.known) == (True, 7, 5, 2)
    assert len(importing.stored()) == 7


def test_a_key_pressed_in_the_middle_leaves_a_whole_file(importing: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "BATCH", 2)
    rows = [GOOD.replace("12:00:00", f"12:00:{n:02}") for n in range(7)]
    source = importing.folder / "source.csv"
    source.write_text("\n".join((HEADER, *rows)), encoding="utf-8")

    def pressed(progress: ImportProgress) -> None:
        if progress.rows >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_calls(source, importing.mapping, importing.target, importing.rejects, progress=pressed)
    assert len(importing.stored()) == 4
    assert importing(*rows).added == 3


def test_progress_tells_rows_and_bytes(importing: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "BATCH", 2)
    source = importing.folder / "source.csv"
    source.write_bytes(gzip.compress("\n".join((HEADER, *[GOOD] * 5)).encode()))
    seen: list[ImportProgress] = []
    import_calls(source, importing.mapping, importing.target, importing.rejects, progress=seen.append)
    assert [progress.rows for progress in seen] == [2, 4, 5]
    assert seen[-1].bytes_done == seen[-1].bytes_total == source.stat().st_size


def test_what_callers_said_is_cleaned_and_the_rejects_are_for_their_owner_only(importing: Import) -> None:
    importing(GOOD.replace("胜利路", "\x1b[2J胜利路"), GOOD.replace("117.65", "\x1b]0;x\x07"))
    assert importing.stored()[0].place == "␛[2J胜利路, 12"
    text = importing.rejects.read_text(encoding="utf-8")
    assert all(c.isprintable() or c in "\r\n" for c in text)
    assert stat.S_IMODE(importing.rejects.stat().st_mode) == 0o600


def test_other_files_are_never_overwritten(importing: Import) -> None:
    importing.target.write_text("my diary", encoding="utf-8")
    with pytest.raises(Trouble, match="cannot be used as a calls file"):
        importing(GOOD)
    assert importing.target.read_text(encoding="utf-8") == "my diary"
    importing.target.unlink()
    importing.rejects.write_text("line of my diary", encoding="utf-8")
    with pytest.raises(Trouble, match="cannot be written"):
        importing(GOOD)
    assert importing.rejects.read_text(encoding="utf-8") == "line of my diary"
    importing.rejects = importing.folder / "source.csv"
    with pytest.raises(Trouble, match="not three files"):
        importing(GOOD)


def test_a_mapping_that_does_not_fit_says_which_columns_there_are(importing: Import) -> None:
    with pytest.raises(Trouble, match=r"no column 'took'.* its columns are: 'at', 'x'"):
        importing("2023-05-01 12:00:00,1", header="at,x")
    assert not importing.target.exists()


def test_calls_are_read_by_time_and_source_whatever_the_order_of_import(importing: Import) -> None:
    rows = [GOOD.replace("12:00:00", f"12:00:{n:02}") for n in (5, 1, 3)]
    importing(*rows)
    times = [call.received_ms for call in importing.stored()]
    assert times == sorted(times)
    with CallsFile(importing.target) as file:
        assert file.span() == (times[0], times[-1])
        assert [call.received_ms for call in file.read(times[1], times[2])] == [times[1]]
        assert file.count(times[1]) == 2


def test_a_source_can_be_read_without_an_import(importing: Import) -> None:
    importing(GOOD, GOOD.replace("117.65", ""), GOOD)
    bad: list[tuple[int, str]] = []
    source = importing.folder / "source.csv"
    straight = list(read_calls(source, importing.mapping, rejected=lambda line, code, detail: bad.append((line, code))))
    assert sorted(straight, key=lambda call: call.source) == sorted(importing.stored(), key=lambda call: call.source)
    assert bad == importing.rejected() == [(3, "no_place")]
    assert list(read_calls(importing.target)) == importing.stored()


def test_the_mapping_that_fits_a_header_is_found(importing: Import, tmp_path: Path) -> None:
    importing(GOOD)
    source = tmp_path / "source.csv"
    found = find_mapping(source, [*bundled("mappings").glob("*.toml"), tmp_path / "town.toml"])
    assert found is not None
    assert found.id == "town"
    assert find_mapping(importing.target, ()) is None
    with pytest.raises(Trouble, match="not known how to read"):
        find_mapping(source, bundled("mappings").glob("*.toml"))


ROWS = st.lists(
    st.lists(st.sampled_from(["", "2023-05-01", "12", "-7", "24.5", "x", '"', "\0", "打架", "1e400"]), max_size=12),
    max_size=12,
)


@given(ROWS)
def test_every_row_is_added_known_or_rejected(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("rows")
    path = folder / "town.toml"
    path.write_text(MAPPING, encoding="utf-8")
    importing = Import(folder, load_mapping(path))
    first = importing(*[",".join(row) for row in rows])
    assert first.read == first.added + first.known + first.rejected
    assert first.rejected == len(importing.rejected())
    assert first.added == len(importing.stored())
    lines = [",".join(row) for row in rows if ",".join(row)]
    # Only quotes can make one row of several lines.
    assert first.read == len(lines) or (first.read < len(lines) and '"' in "".join(lines))
    assert importing(*[",".join(row) for row in rows]).added == 0


@pytest.mark.parametrize(
    ("name", "rows"),
    [("seattle_police_2015", 91_067), ("montgomery_911_2015_2016", 120_450), ("london_fire_2009_dwelling", 6_708)],
)
def test_the_real_files_are_read_whole(shared_data: Callable[[str], Path], name: str, rows: int) -> None:
    source = shared_data(f"data/{name}.csv.gz")
    mapping = find_mapping(source, bundled("mappings").glob("*.toml"))
    rejected: list[int] = []
    got = sum(1 for _ in read_calls(source, mapping, rejected=lambda line, code, detail: rejected.append(line)))
    assert (got, rejected) == (rows, [])
