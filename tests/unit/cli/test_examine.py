from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.cli import examine, examine_store, output
from zz110_tui.cli.examine import examine as look
from zz110_tui.cli.examine_store import sync_times
from zz110_tui.cli.examine_terminal import colours, written_as
from zz110_tui.cli.invocation import Invocation


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("ZZ110_STORE", raising=False)
    monkeypatch.delenv("ZZ110_CONFIG_DIR", raising=False)
    return tmp_path


def statuses(invocation: Invocation) -> dict[str, str]:
    return {found.name: found.status for found in look(invocation)}


@pytest.mark.parametrize(
    ("encoding", "status"),
    [("utf-8", "ok"), ("UTF8", "ok"), ("gbk", "warn"), ("gb18030", "warn"), ("ascii", "bad"), ("latin-1", "bad")],
)
def test_an_encoding_that_cannot_write_chinese_is_bad(encoding: str, status: str) -> None:
    found = written_as(encoding)
    assert found.status == status
    assert bool(found.remedy.zh and found.remedy.en) == (status != "ok")


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"TERM": "xterm-256color"}, "256 colours"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "16 million"),
        ({"TERM": "linux"}, "8 colours, no bright"),
        ({"TERM": "vt100"}, "8 colours, no bright"),
        ({"TERM": "xterm"}, "16 colours"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "no colours"),
    ],
)
def test_colours_are_told_from_the_terminals_name(env: dict[str, str], says: str) -> None:
    found = colours(env)
    assert found.status == "ok"
    assert says in found.found.en


@pytest.mark.parametrize("env", [{}, {"TERM": "dumb"}])
def test_a_terminal_without_a_name_is_told_how_to_get_one(env: dict[str, str]) -> None:
    found = colours(env)
    assert found.status == "warn"
    assert "TERM=" in found.remedy.en


def test_a_sync_is_measured_and_leaves_nothing_behind(tmp_path: Path) -> None:
    times = sync_times(tmp_path)
    assert times == sorted(times)
    assert times[0] > 0
    assert list(tmp_path.iterdir()) == []


def test_a_fresh_home_has_nothing_to_mend(home: Path) -> None:
    assert "bad" not in statuses(Invocation()).values()
    assert list(home.rglob("*.zz110*")) == [], "looking must not make a store"


def test_a_file_that_is_no_store_is_bad_and_the_other_checks_go_on(home: Path) -> None:
    path = home / "notes.txt"
    path.write_text("no store", encoding="utf-8")
    found = statuses(Invocation(store=path))
    assert found["store"] == "bad"
    assert found["disk"] == "ok"
    assert found["city"] == "ok"
    assert path.read_text(encoding="utf-8") == "no store"


def test_settings_that_cannot_be_used_are_bad_with_file_and_line(home: Path) -> None:
    (home / "config.toml").write_text('\nlanguage = "latin"\n', encoding="utf-8")
    [found] = [found for found in look(Invocation(config_dir=home)) if found.name == "settings"]
    assert found.status == "bad"
    assert "config.toml:2" in found.found.en


def test_a_city_nobody_has_is_bad(home: Path) -> None:
    assert statuses(Invocation(city="atlantis"))["city"] == "bad"


def test_a_slow_disk_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine_store, "sync_times", lambda _: [40.0, 50.0, 60.0])
    [found] = examine_store.disk(Invocation())
    assert found.status == "warn"
    assert "50.00 ms" in found.found.en


def test_every_finding_that_has_to_be_mended_says_how(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = look(Invocation(city="atlantis"))
    assert all(found.remedy.zh and found.remedy.en for found in findings if found.status == "bad")
    examine.print_findings(Invocation(language="en"), findings, as_json=False)
    assert "! city" in capsys.readouterr().out


def test_each_finding_is_labelled_in_the_language_of_the_answers(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = look(Invocation(store=home / "new.zz110"))
    assert {one.name for one in found} <= set(examine.LABELS)
    examine.print_findings(Invocation(language="zh"), found, False)
    chinese = capsys.readouterr().out
    for one in found:
        label = examine.LABELS[one.name]
        assert label.zh in chinese
        assert label.en not in [line[2:14].strip() for line in chinese.splitlines()]
    examine.print_findings(Invocation(language="en"), found, False)
    assert "  settings     " in capsys.readouterr().out
    widths = {output.width(words.zh) for words in examine.LABELS.values()}
    assert max(widths) < examine.LABEL_COLUMNS
