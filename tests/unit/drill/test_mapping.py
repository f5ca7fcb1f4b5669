"""A mapping says exactly how to read a file, or exactly what is wrong with itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.scenes import rulebook
from zz110_tui.config.bundled import bundled
from zz110_tui.core.rulebook import Category, IncidentType, Rulebook, Words
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.mapping import CallsMapping, Patterns, check_types, load_mapping

GOOD = """
format = 1
id = "town"
[time]
zone = "Asia/Shanghai"
formats = ["%Y-%m-%d %H:%M", "iso", "epoch_s"]
[columns]
id = "no"
received = ["day", "clock"]
arrived = { column = "minutes", after = "received", unit = "min" }
lon = "x"
lat = "y"
type = "kind"
[types]
"打架*" = "fight"
"*fight*" = "fight"
[channels]
"微信" = "wechat"
"""


def load(tmp_path: Path, text: str) -> CallsMapping:
    path = tmp_path / "town.toml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


def test_a_mapping_names_every_column_it_reads(tmp_path: Path) -> None:
    mapping = load(tmp_path, GOOD)
    assert mapping.columns() == ("day", "clock", "minutes", "no", "kind", "x", "y")
    assert mapping.times["arrived"].unit_ms == 60_000
    assert mapping.zone.key == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('id = "no"', 'idd = "no"'), r"town\.toml:8: columns\.idd: .*no such key"),
        (("format = 1", "format = 2"), "format: .*is not 1"),
        (('id = "town"', 'id = "Town Hall"'), "small letters"),
        (("Asia/Shanghai", "Asia/Zhangzhou"), "no time zone 'Asia/Zhangzhou'"),
        (('"iso"', '"%H:%M"'), "'%H:%M' is no time format"),
        (('unit = "min"', 'unit = "week"'), "no proper duration"),
        (('after = "received"', 'after = "closed"'), "no proper duration"),
        (('received = ["day", "clock"]\n', ""), "no column is given for when the call was received"),
        (('lat = "y"\n', ""), "lon and lat have to be given together"),
        (('lon = "x"\nlat = "y"\n', ""), "positions are required"),
        (('"微信" = "wechat"', '"微信" = "pigeon"'), "no channel 'pigeon'"),
        (("[types]", '[file]\nencoding = "utf-16"\n[types]'), "'utf-16' is unknown or cannot be used"),
        (("[types]", '[file]\nencoding = "klingon"\n[types]'), "'klingon' is unknown"),
        (("[types]", '[file]\ndelimiter = "\\n"\n[types]'), "exactly one ASCII character"),
        (("[types]", '[file]\ncolumns = ["day"]\n[types]'), "'clock', .* is not among them"),
        (("[types]", "[types"), "not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_file_key_and_remedy(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(Trouble, match=said) as caught:
        load(tmp_path, GOOD.replace(*change))
    assert "town.toml" in caught.value.cause
    assert caught.value.remedy
    assert caught.value.exit_code == 78


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        load(tmp_path, GOOD.replace("Asia/Shanghai", "Nowhere").replace('id = "no"', 'nr = "no"'))
    assert "Nowhere" in caught.value.cause
    assert "columns.nr" in caught.value.cause


def test_the_first_pattern_that_fits_gives_the_word() -> None:
    patterns = Patterns((("theft - car*", "car"), ("theft*", "theft")), "other")
    assert patterns.word("THEFT - CAR PROWL") == "car"
    assert patterns.word(" Theft, other ") == "theft"
    assert patterns.word("no theft") == "other"
    assert patterns.word("") == "other"


def test_a_pattern_is_no_regular_expression() -> None:
    assert Patterns(((".+(", "x"),), "other").word("ab(") == "other"
    assert Patterns((("a.(*)", "x"),), "other").word("A.(B)") == "x"


def test_a_type_that_the_rulebook_does_not_have_is_refused(tmp_path: Path) -> None:
    def rules(*codes: str) -> Rulebook:
        kinds = {code: IncidentType(code, Category.OTHER, Words(code, code), 3) for code in codes}
        return Rulebook(kinds, {}, {})

    mapping = load(tmp_path, GOOD)
    check_types(mapping, rules("fight", "other"))
    with pytest.raises(Trouble, match="no such incident types: 'fight'"):
        check_types(mapping, rules("other"))


@pytest.mark.parametrize("path", sorted(bundled("mappings").glob("*.toml")), ids=lambda path: path.stem)
def test_every_mapping_that_comes_with_zz110_can_be_read(path: Path) -> None:
    mapping = load_mapping(path)
    check_types(mapping, rulebook())
    assert mapping.types.rows, "a mapping that tells no types apart makes every call 'other'"
    assert mapping.remark
