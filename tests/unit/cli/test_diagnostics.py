from __future__ import annotations

import stat
from pathlib import Path

import pytest

from zz110_tui.cli import exits
from zz110_tui.cli.diagnostics import guarded, report, say, write_report
from zz110_tui.core.trouble import Trouble

CALLER = "13912342207"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path)
    return tmp_path


def fails_on_a_caller(contact: str) -> None:
    try:
        raise KeyError(contact)
    except KeyError as fault:
        raise ExceptionGroup(f"while answering {contact}", [ValueError(contact)]) from fault


def test_a_trouble_is_said_with_cause_and_remedy_and_gives_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        raise Trouble("磁盘满了", "a: full", "腾出空间", exit_code=75)

    assert guarded(work) == 75
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["zz110: 磁盘满了", "  a: full", "  → 腾出空间"]


def test_a_bug_leaves_a_report_that_names_nobody(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(lambda: fails_on_a_caller(CALLER)) == exits.BUG
    _, err = capsys.readouterr()
    [path] = (state / "bugs").iterdir()
    assert str(path) in err
    assert CALLER not in err + path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_report_says_where_it_happened() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        fails_on_a_caller(CALLER)
    said = report(caught.value)
    assert "builtins.KeyError" in said
    assert "builtins.ValueError" in said
    assert "in fails_on_a_caller" in said
    assert "cli/test_diagnostics.py:" in said


def test_the_report_does_not_name_the_home_folder() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        fails_on_a_caller(CALLER)
    assert str(Path(__file__).parents[2]) not in report(caught.value)


def test_a_report_that_cannot_be_written_still_gives_the_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: file)
    assert guarded(lambda: fails_on_a_caller(CALLER)) == exits.BUG
    assert "could not be written" in capsys.readouterr().err


def test_ctrl_c_gives_130(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        raise KeyboardInterrupt

    assert guarded(work) == 130
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(("code", "means"), [(None, 0), (3, 3), ("words", 1)])
def test_an_exit_keeps_its_code(code: object, means: int) -> None:
    def work() -> None:
        raise SystemExit(code)

    assert guarded(work) == means


def test_talk_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("\x1b[31mred\u202e")
    assert "\x1b" not in capsys.readouterr().err


def test_two_bugs_in_one_second_of_two_processes_leave_two_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = []
    for pid in (1, 2):
        monkeypatch.setattr("os.getpid", lambda pid=pid: pid)
        paths.append(write_report(ValueError()))
    assert len(set(paths)) == 2


def test_every_code_is_documented_in_both_languages() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
    assert codes == set(exits.MEANINGS)
    for code in codes:
        assert f"{code:>3}  " in exits.table("en")
