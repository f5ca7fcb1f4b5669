"""stdout is data and nothing else; help is quick; hostile text steers no terminal."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Program

HEAVY = (
    "apsw",
    "asyncio",
    "httpx",
    "msgspec",
    "numpy",
    "pydantic",
    "pypinyin",
    "rich",
    "shapely",
    "textual",
    "websockets",
    "zz110_tui.core.board",
)

IMPORTED = """
import atexit, sys
atexit.register(lambda: sys.stderr.write("\\n".join(sys.modules)))
sys.argv = ["zz110", *sys.argv[1:]]
from zz110_tui.cli.main import run
run()
"""


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["do", "--help"],
        ["incident", "list", "--help"],
        ["journal", "verify", "--help"],
        ["drill", "run", "replay", "--help"],
        ["city", "new", "--help"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_help_and_a_misspelt_command_import_nothing_heavy(zz110: Program, args: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *args], capture_output=True, text=True, env=zz110.env, timeout=240, check=False
    )
    assert done.returncode == (2 if args == ["nonsense"] else 0)
    imported = set(done.stderr.splitlines())
    assert "zz110_tui.cli.main" in imported
    assert sorted(imported.intersection(HEAVY)) == []


def test_without_arguments_help_names_every_command_and_exit_code(zz110: Program) -> None:
    said = zz110.run("--help").stdout
    for word in ("do", "incident", "unit", "journal", "figures", "city", "calls", "drill", "config", "doctor", "141"):
        assert f" {word} " in said


@pytest.mark.parametrize(
    "args",
    [
        ("do", "n 打架 @F7"),
        ("incident", "list"),
        ("incident", "list", "--all"),
        ("incident", "show", "1"),
        ("report", "list"),
        ("unit", "list"),
        ("unit", "show", "07"),
        ("alarm", "list"),
        ("journal", "verify"),
        ("figures",),
        ("config", "show"),
        ("config", "check"),
        ("config", "where"),
        ("city", "list"),
        ("city", "show", "zhangzhou"),
        ("city", "check", "zhangzhou"),
        ("calls", "mappings"),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_json_is_all_there_is_on_stdout(zz110: Program, args: tuple[str, ...]) -> None:
    zz110.do("n 打架 @F7")
    done = zz110.run(*args, "--json")
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)
    assert zz110.run(*args).returncode == 0


def hostile(shared_data: Callable[[str], Path]) -> list[str]:
    vectors = json.loads(shared_data("vectors/security_text.json").read_text(encoding="utf-8"))
    return [str(vector["text"]) for vector in vectors["strings"]]


def steering(text: str) -> set[str]:
    """What could move the cursor, change colours, hide or re-order."""
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") and c != "\n"}


def test_hostile_text_in_every_field_reaches_no_terminal(zz110: Program, shared_data: Callable[[str], Path]) -> None:
    texts = [text.replace("\n", " ").replace("\r", " ") for text in hostile(shared_data)]
    lines = [line for text in texts for line in (f"n 打架 @F7 c={text} tel={text} / {text}", f"nt ^ / {text}", text)]
    raw = b"".join(line.encode("utf-8", "surrogatepass") + b"\n" for line in lines)
    for flags in ((), ("--json",)):
        done = zz110.run("do", "-", *flags, stdin=raw)
        assert done.returncode in (0, 3)
        assert steering(done.stdout + done.stderr) == set()
        assert len(done.stdout.splitlines()) >= len([line for line in lines if line.strip()]) - 1
    count = len(zz110.json("incident", "list"))
    assert count >= len(texts)
    for args in (
        ("incident", "list"),
        ("incident", "show", "1"),
        ("incident", "show", str(count)),
        ("report", "list", "--all"),
        ("journal", "tail", "-n", "500"),
        ("journal", "export"),
    ):
        for flags in ((), ("--json",)) if args != ("journal", "export") else ((),):
            done = zz110.run(*args, *flags)
            assert done.returncode == 0
            assert steering(done.stdout + done.stderr) == set(), args


def test_hostile_arguments_reach_no_terminal(zz110: Program, shared_data: Callable[[str], Path]) -> None:
    zz110.do("n 打架 @F7")
    for text in ("\x1b]0;PWNED\x07", "\x9b31m", "\u202eabc"):
        for args in (("unit", "show", text), ("city", "show", text), ("journal", "verify", "--pin", text)):
            done = zz110.run(*args)
            assert done.returncode in (1, 2, 78)
            assert steering(done.stdout + done.stderr) == set(), args


def test_a_terminal_that_cannot_show_chinese_gets_question_marks(zz110: Program) -> None:
    done = zz110.run("do", "n fight @F7", "--lang", "en", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_json_on_a_gbk_terminal_is_written_in_gbk(zz110: Program) -> None:
    zz110.do("n 打架 @胜利路x延安路 / 😀")
    done = subprocess.run(
        [*zz110.command, "incident", "list", "--json"],
        capture_output=True,
        env={**zz110.env, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
        timeout=240,
        check=False,
    )
    assert done.returncode == 0
    [incident] = json.loads(done.stdout.decode("gbk"))
    assert incident["place"]["text"] == "胜利路x延安路"
    assert incident["text"] == "😀"


def test_the_answer_is_in_the_language_asked_for(zz110: Program) -> None:
    assert "opened" in zz110.run("do", "n 打架 @F7", "--lang", "en").stdout
    assert "立警情" in zz110.run("do", "n 打架 @F7", "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("redirected", "code"),
    [(">/dev/full", 73), (">&-", 0), ("2>&-", 0), ("<&-", 0)],
)
def test_a_stream_that_is_full_or_closed_is_no_bug(zz110: Program, redirected: str, code: int) -> None:
    command = shlex.join([*zz110.command, "do", "-", "--json"])
    done = subprocess.run(
        ["/bin/bash", "-c", f"{command} {redirected}"],
        input=b"n F7 \xff\n# nothing\n" if code else b"# nothing\n",
        capture_output=True,
        env=zz110.env,
        cwd=zz110.home,
        timeout=240,
        check=False,
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert not (zz110.home / ".local/state/zz110/bugs").exists()
