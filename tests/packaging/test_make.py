"""What make says to somebody on a fresh machine, when it goes well and when it does not. Nothing is installed here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # make passes its own flags on; a make that runs these tests must not govern the one they run.
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=env, capture_output=True, text=True, timeout=240, check=False
    )


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A checkout as far as make looks at it."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def test_make_alone_says_what_there_is_and_how_long_it_takes() -> None:
    done = make(ROOT)
    assert done.returncode == 0
    said = set(re.findall(r"^make (\w+)", done.stdout, re.MULTILINE))
    assert said == {"run", "test", "check", "bench", "lock", "clean"}
    assert all(line.rstrip().endswith(")") for line in done.stdout.splitlines())


def test_every_goal_that_make_names_is_there() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert set(re.findall(r"^make (\w+)", make(ROOT).stdout, re.MULTILINE)) <= set(phony[1].split())


def test_without_a_new_enough_python_it_says_which_and_how(fresh: Path) -> None:
    done = make(fresh, "run", "PYTHON=")
    assert done.returncode != 0
    assert "Python 3.11 or later" in done.stderr
    assert "apt install" in done.stderr
    assert not (fresh / ".venv").exists()


def test_a_named_python_that_is_too_old_is_refused(fresh: Path) -> None:
    python = script(fresh / "python3.10", 'case "$2" in *version_info*) exit 1;; esac')
    done = make(fresh, "run", f"PYTHON={python}")
    assert done.returncode != 0
    assert f"{python} is not" in done.stderr
    assert "apt install" in done.stderr


def test_without_the_venv_module_it_says_what_to_install(fresh: Path) -> None:
    python = script(fresh / "python3.11", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = make(fresh, "test", f"PYTHON={python}")
    assert done.returncode != 0
    assert "python3-venv" in done.stderr


def test_when_packages_cannot_be_had_it_says_so_and_can_be_run_again(fresh: Path) -> None:
    script(fresh / ".venv" / "bin" / "python", "echo no network >&2; exit 1")
    done = make(fresh, "run")
    assert done.returncode != 0
    assert "no network" in done.stderr
    assert "https_proxy" in done.stderr
    assert not (fresh / ".venv" / "run.stamp").exists()


def test_what_is_installed_is_not_installed_again(fresh: Path) -> None:
    script(fresh / ".venv" / "bin" / "python", "echo installed again >&2; exit 1")
    script(fresh / ".venv" / "bin" / "zz110", "echo the desk with $*")
    (fresh / ".venv" / "run.stamp").touch()
    done = make(fresh, "run", "ARGS=--city zhangzhou")
    assert (done.returncode, done.stdout, done.stderr) == (0, "the desk with --city zhangzhou\n", "")


def test_the_programs_own_exit_code_is_seen(fresh: Path) -> None:
    """Without a terminal the desk says so itself and fails; make must not hide it."""
    script(fresh / ".venv" / "bin" / "python", "exit 1")
    script(fresh / ".venv" / "bin" / "zz110", "echo 'no terminal' >&2; exit 3")
    (fresh / ".venv" / "run.stamp").touch()
    done = make(fresh, "run")
    assert done.returncode != 0
    assert "no terminal" in done.stderr


def test_without_benchmarks_it_says_so(fresh: Path) -> None:
    script(fresh / ".venv" / "bin" / "python", "exit 0")
    (fresh / ".venv" / "dev.stamp").touch()
    done = make(fresh, "bench")
    assert done.returncode != 0
    assert "no benchmark yet" in done.stderr


def test_a_benchmark_that_fails_fails_the_run(fresh: Path) -> None:
    script(fresh / ".venv" / "bin" / "python", "exit 5")
    (fresh / ".venv" / "dev.stamp").touch()
    (fresh / "benchmarks").mkdir()
    (fresh / "benchmarks" / "bench_one.py").touch()
    assert make(fresh, "bench").returncode != 0


@pytest.mark.parametrize(("check", "test", "code"), [(0, 0, 0), (2, 0, 2), (0, 2, 2)])
def test_continuous_integration_runs_the_checks_and_then_the_tests(
    fresh: Path, check: int, test: int, code: int
) -> None:
    shutil.copytree(ROOT / ".ci", fresh / ".ci")
    makefile = f"check:\n\t@echo checks in $$CI; exit {check}\ntest:\n\t@echo closing line; exit {test}\n"
    (fresh / "Makefile").write_text(makefile, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if name not in ("CI", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = subprocess.run([fresh / ".ci" / "run"], env=env, capture_output=True, text=True, timeout=240, check=False)
    assert done.stdout.splitlines() == ["checks in true", "closing line"]
    assert done.returncode == code
