"""From this tree to an sdist, from the sdist to a wheel, from the wheel to an installation that finds its files.

Nothing is downloaded: the build tools are those of the development environment, and the scratch environment borrows its
packages.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("cities", "keymaps", "layouts", "mappings", "rulebook", "themes")


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist of this tree, and the wheel built from that sdist alone."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel, and this one's packages for its dependencies."""
    home = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    python = home / "bin" / "python"
    run(
        sys.executable, "-m", "pip", "--python", python, "install", "-qq", "--no-deps", "--no-index", built[1], cwd=home
    )
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_the_wheel_carries_every_kind_of_file(built: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(built[1]).namelist()
    for kind in KINDS:
        shipped = {p.relative_to(ROOT / kind).as_posix() for p in (ROOT / kind).rglob("*") if p.is_file()}
        packed = {n.removeprefix(f"zz110_tui/bundled/{kind}/") for n in names if f"zz110_tui/bundled/{kind}/" in n}
        assert packed, kind
        assert packed == shipped, kind
    assert "zz110_tui/bundled/config.example.toml" in names
    assert "zz110_tui/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_carries_nothing_else(built: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(built[1]).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"zz110_tui"}
    assert [name for name in names if name.endswith((".pyc", ".sqlite", ".zz110"))] == []


def test_the_sdist_is_enough_to_build_from(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}
    assert {*KINDS, "zz110_tui", "pyproject.toml", "LICENSE", "README.md", "config.example.toml"} <= tops
    assert "tests" not in tops


def test_an_installation_finds_its_own_files(installed: Path, tmp_path: Path) -> None:
    program = (
        "import json\n"
        "from zz110_tui.config.bundled import EXAMPLE, KINDS, bundled\n"
        "print(json.dumps([str(bundled(kind)) for kind in (*KINDS, EXAMPLE)]))\n"
    )
    found = json.loads(run(installed, "-c", program, cwd=tmp_path))
    assert len(found) == len(KINDS) + 1
    assert [path for path in found if not path.startswith(str(installed.parents[1]))] == []


def test_an_installation_can_use_its_own_files(installed: Path, tmp_path: Path) -> None:
    program = (
        "from zz110_tui.config.bundled import bundled\n"
        "from zz110_tui.config.load import load\n"
        "from zz110_tui.config.rulebook import load_rulebook\n"
        "from zz110_tui.config.themes import load_theme\n"
        "themes = [load_theme(path).name for path in sorted(bundled('themes').glob('*.toml'))]\n"
        "print(load(env={}).settings.city, *themes, len(load_rulebook(bundled('rulebook')).types) > 0)\n"
    )
    assert run(installed, "-c", program, cwd=tmp_path).split() == [
        "zhangzhou",
        *("colour-blind", "day", "high-contrast", "mono", "night", "sixteen"),
        "True",
    ]


def test_both_ways_to_call_it_are_the_same_program(installed: Path, tmp_path: Path) -> None:
    script = run(installed.with_name("zz110"), "--help", cwd=tmp_path)
    module = run(installed, "-m", "zz110_tui", "--help", cwd=tmp_path)
    assert "zz110" in script
    assert script == module
