"""A pack is changed in one step: whoever reads it meanwhile has the old one or the new one."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.cities import square_city
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis import packswap
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.packswap import change_pack
from zz110_tui.gis.packwrite import places_geojson, save_city, units_toml


def moved(city: City, name: str) -> dict[str, bytes]:
    """Files of the city in which every post has another id: units without their posts cannot be read."""
    posts = tuple(replace(post, id=f"{name}{post.id[-1]}") for post in city.posts)
    units = tuple(replace(unit, post=f"{name}{unit.post[-1]}") for unit in city.units)
    changed = replace(city, posts=posts, units=units)
    return {"places.geojson": places_geojson(changed).encode(), "units.toml": units_toml(changed).encode()}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    save_city(square_city(), tmp_path / "square")
    (tmp_path / "square" / "drill.toml").write_text("# the agency's own\n", encoding="utf-8")
    return tmp_path / "square"


@pytest.fixture(params=["at once", "in two steps"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "in two steps":
        monkeypatch.setattr(packswap, "_exchanged_at_once", lambda fresh, place: False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_files_are_changed_and_others_kept(pack: Path) -> None:
    assert change_pack(pack, moved(square_city(), "Q")) == pack
    assert [post.id for post in load_city(pack).posts] == ["Q1", "Q2", "Q3", "Q4"]
    assert (pack / "drill.toml").read_text(encoding="utf-8") == "# the agency's own\n"
    assert [path.name for path in pack.parent.iterdir()] == ["square"], "nothing is left lying about"


def test_a_copy_leaves_the_pack_as_it_was(pack: Path, tmp_path: Path) -> None:
    before = load_city(pack).pack_hash
    other = change_pack(pack, moved(square_city(), "Q"), tmp_path / "new" / "town")
    assert load_city(other).posts[0].id == "Q1"
    assert load_city(pack).pack_hash == before


def test_whoever_reads_meanwhile_has_a_whole_pack(pack: Path) -> None:
    """Each load reads six files; those of one version do not go with those of the other."""
    failures: list[Exception] = []
    loads: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                loads.append(load_city(pack).posts[0].id)
            except Trouble as fault:
                failures.append(fault)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        turn = 0
        while turn < 40 or (len(set(loads)) < 2 and not failures):  # a busy machine may let the reader come late
            change_pack(pack, moved(square_city(), "QR"[turn % 2]))
            turn += 1
    finally:
        done.set()
        reader.join()
    assert failures == []
    assert set(loads) <= {"P1", "P01", "Q1", "R1"}


@pytest.mark.usefixtures("way")
def test_what_cannot_be_written_leaves_the_pack_as_it_was(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_city(pack).pack_hash

    def full(path: Path, files: dict[str, bytes]) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(packswap, "write_files", full)
    with pytest.raises(Trouble, match="No space"):
        change_pack(pack, moved(square_city(), "Q"))
    assert load_city(pack).pack_hash == before
    assert [path.name for path in pack.parent.iterdir()] == ["square"]
