"""docs/city-pack.md is executed: its example is a pack that loads and in which nothing is wrong."""

from __future__ import annotations

import re
from pathlib import Path

from zz110_tui.core.units import UnitKind
from zz110_tui.gis.check import check_city
from zz110_tui.gis.city import load_city
from zz110_tui.gis.features import RoadClass
from zz110_tui.gis.gazetteer import CLEAR_MARGIN, SAME_PLACE_M, SURE_SCORE, Gazetteer
from zz110_tui.gis.packread import PACK_FILES

DOC = (Path(__file__).resolve().parents[3] / "docs" / "city-pack.md").read_text(encoding="utf-8")


def test_the_example_is_a_pack_without_fault(tmp_path: Path) -> None:
    blocks = dict(re.findall(r"^```\w+ (\S+\.\w+)\n(.*?)^```$", DOC, flags=re.MULTILINE | re.DOTALL))
    assert set(blocks) == set(PACK_FILES)
    for name, text in blocks.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    city = load_city(tmp_path)
    assert [one for one in check_city(city) if one.code != "no_unit"] == []
    match = Gazetteer(city).best("东西大街x钟楼路")
    assert match is not None
    assert match.place.point == city.junctions[0].point


def test_the_document_names_every_kind_and_class_and_the_numbers_of_the_code() -> None:
    for word in (*UnitKind, *RoadClass, *PACK_FILES):
        assert f"`{word}`" in DOC, word
    assert f"scores at least {SURE_SCORE} and leads every other\n*place* by {CLEAR_MARGIN}" in DOC
    assert f"within {SAME_PLACE_M:.0f} m of each other" in DOC
