from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.config import bundled as module
from zz110_tui.config.bundled import EXAMPLE, KINDS, bundled
from zz110_tui.config.folders import config_folders, default_store, find, names
from zz110_tui.core.trouble import Trouble


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_in_this_installation(kind: str) -> None:
    assert bundled(kind).is_dir()


def test_one_file_of_a_kind_and_the_example_are_found() -> None:
    assert bundled("themes", "night.toml").is_file()
    assert bundled(EXAMPLE).is_file()


def test_a_file_nobody_ships_is_named_with_the_places_looked_in() -> None:
    with pytest.raises(Trouble) as raised:
        bundled("themes", "nobody.toml")
    assert "themes/nobody.toml" in raised.value.title
    assert "nobody.toml" in raised.value.cause
    assert raised.value.remedy


def test_the_packaged_place_is_looked_in_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "zz110_tui"
    (package / "bundled" / "themes").mkdir(parents=True)
    (tmp_path / "site" / "themes").mkdir()
    (tmp_path / "site" / "pyproject.toml").touch()
    monkeypatch.setattr(module, "_PACKAGE", package)
    assert bundled("themes") == package / "bundled" / "themes"


def test_the_folder_above_an_installed_package_is_no_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In site-packages the folder above is everybody's: somebody else's ``themes`` there is not ours."""
    (tmp_path / "themes").mkdir()
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "zz110_tui")
    with pytest.raises(Trouble):
        bundled("themes")


def test_a_users_own_file_wins_over_ours_and_a_named_folder_over_both(tmp_path: Path) -> None:
    named, home = tmp_path / "named", tmp_path / "home"
    own = home / "themes" / "night.toml"
    own.parent.mkdir(parents=True)
    own.touch()
    (named / "themes").mkdir(parents=True)
    folders = [folder for folder in config_folders(named, {}) if folder.why == "--config-dir"]
    folders += [type(folders[0])(home, "user")]
    assert find("themes", "night", tuple(folders)) == own
    (named / "themes" / "night.toml").touch()
    assert find("themes", "night", tuple(folders)) == named / "themes" / "night.toml"
    assert find("themes", "day", tuple(folders)) == bundled("themes", "day.toml")
    assert {"night", "day", "mono"} <= set(names("themes", tuple(folders)))


def test_a_path_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.touch()
    assert find("themes", str(path), ()) == path


@pytest.mark.parametrize("name", ["nobody", "..", ".", "", "\x1b[31m"])
def test_an_unknown_name_is_answered_with_those_there_are(name: str) -> None:
    with pytest.raises(Trouble) as raised:
        find("themes", name, ())
    assert "night" in raised.value.remedy
    assert str(raised.value).isprintable()


def test_the_folders_in_the_order_in_which_they_win(tmp_path: Path) -> None:
    assert [f.why for f in config_folders(tmp_path, {})] == ["--config-dir", "user", "machine"]
    assert config_folders(None, {"ZZ110_CONFIG_DIR": str(tmp_path)})[0].why == "ZZ110_CONFIG_DIR"
    assert config_folders(tmp_path, {"ZZ110_CONFIG_DIR": "/nowhere"})[0].why == "--config-dir"
    assert [f.why for f in config_folders(None, {})] == ["user", "machine"]


def test_a_folder_named_on_purpose_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="--config-dir"):
        config_folders(tmp_path / "none", {})
    with pytest.raises(Trouble, match="ZZ110_CONFIG_DIR"):
        config_folders(None, {"ZZ110_CONFIG_DIR": str(tmp_path / "none")})


def test_the_store_of_a_user_who_named_none_is_in_the_data_folder() -> None:
    assert default_store().name == "live.zz110"
    assert default_store().is_absolute()
