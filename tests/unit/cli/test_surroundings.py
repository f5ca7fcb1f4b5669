"""What the rooms stand on: the agency's own rulebook before ours, and cars that drive as the settings say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from zz110_tui.cli.configwork import problems_of
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import look_around, the_city
from zz110_tui.config.bundled import bundled
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.travel import travel_of


def settings(folder: Path, text: str = "") -> Invocation:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return Invocation(config_dir=folder)


def own_rulebook(folder: Path) -> Path:
    return Path(shutil.copytree(bundled("rulebook"), folder / "rulebook"))


def test_an_agencys_own_rulebook_counts(tmp_path: Path) -> None:
    receivers = own_rulebook(tmp_path) / "receivers.toml"
    receivers.write_text(
        receivers.read_text(encoding="utf-8") + "\n[harbour]\nzh = '港航'\nen = 'Harbour office'\n", encoding="utf-8"
    )
    assert "harbour" in look_around(settings(tmp_path)).rules.receivers


def test_without_one_the_rulebook_that_comes_with_zz110_counts(tmp_path: Path) -> None:
    assert "harbour" not in look_around(settings(tmp_path)).rules.receivers
    assert look_around(settings(tmp_path)).rules.types


def test_a_broken_rulebook_of_its_own_is_named_with_its_file(tmp_path: Path) -> None:
    types = own_rulebook(tmp_path) / "types.toml"
    types.write_text("[types\n", encoding="utf-8")
    with pytest.raises(Trouble, match=r"types\.toml"):
        look_around(settings(tmp_path))
    assert any(str(types) in problem.cause for problem in problems_of(settings(tmp_path)))


def drive(folder: Path, text: str) -> float:
    """Seconds at the wheel for three kilometres of the shipped city, as the room's advice has them."""
    city = the_city(look_around(settings(folder, text)), "")
    there, here = city.posts[0].point, city.posts[20].point
    return travel_of(city).drive_s(there, here, UnitKind.PATROL_RESPONSE, 12)


def test_emergency_driving_is_what_the_settings_say_and_else_what_the_pack_says(tmp_path: Path) -> None:
    by_the_pack = drive(tmp_path, "")
    assert drive(tmp_path, "[travel]\nemergency = 0\n") == by_the_pack
    assert drive(tmp_path, "[travel]\nemergency = 1.5\n") == pytest.approx(by_the_pack / 1.5)


@pytest.mark.parametrize("value", ["0.2", "-1", "4", "'quick'"])
def test_a_factor_nobody_drives_by_is_refused(tmp_path: Path, value: str) -> None:
    (problem,) = problems_of(settings(tmp_path, f"[travel]\nemergency = {value}\n"))
    assert problem.key == "travel.emergency"
    with pytest.raises(Trouble, match="emergency"):
        look_around(settings(tmp_path, f"[travel]\nemergency = {value}\n"))
