"""The profile of a drill is data: a pack may change it, nonsense is refused, the rulebook has to know its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.scenes import rulebook
from zz110_tui.core.incidents import Channel
from zz110_tui.core.rulebook import Category, IncidentType, Rulebook, Words
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.profile import Chances, load_profile, pack_profile


def own(folder: Path, text: str) -> Path:
    path = folder / "drill.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_profile_that_comes_with_zz110_goes_with_the_rulebook_that_does() -> None:
    chances = Chances(load_profile(), rulebook())
    assert chances.receivers is not None
    assert chances.transferred == pytest.approx(0.015)


def test_settled_on_scene_as_in_the_calibration_table() -> None:
    """93.36 % of what is not unlawful: the shares of those who come, less those nobody comes to."""
    profile, rules = load_profile(), rulebook()
    nobody = sum(profile.transfers.values()) + profile.shares.cancelled
    for category in (Category.DISPUTE_HELP, Category.OTHER):
        shares = profile.dispositions[category]
        settled = sum(share for code, share in shares.items() if rules.dispositions[code].settled)
        assert settled / sum(shares.values()) * (1 - nobody) == pytest.approx(0.9336, abs=0.003)


def test_a_pack_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    text = (
        "[room]\ntakers = 9\n[service]\nother = { median_s = 60, sigma = 0.1, longest_s = 90 }\n[channels]\nsms = 1.0\n"
    )
    own(tmp_path, text)
    usual, changed = load_profile(), pack_profile(tmp_path)
    assert changed.room.takers == 9
    assert changed.room.dispatchers == usual.room.dispatchers
    assert changed.service[Category.OTHER].median_s == 60
    assert changed.service[Category.CRIMINAL] == usual.service[Category.CRIMINAL]
    assert changed.channels == {Channel.SMS: 1.0}


def test_a_pack_without_one_has_the_usual_profile(tmp_path: Path) -> None:
    assert pack_profile(tmp_path) == load_profile()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[room]\ntaker = 9\n", "unknown field `taker`"),
        ("[room]\ntakers = 0\n", "at least one of each"),
        ("[shares]\ncall_back = 1.5\n", "shares.call_back is not between 0 and 1"),
        ("[transfers]\nfire_119 = 1.2\n", "transfers.fire_119 is not between 0 and 1"),
        ("[transfers]\nfire_119 = 0.7\nmedical_120 = 0.7\n", "add up to more than 1"),
        ("[times]\nanswer = { median_s = -1, sigma = 0.5 }\n", "times.answer is no sensible duration"),
        ("[times]\nanswer = { median_s = 50, sigma = 0.5, longest_s = 40 }\n", "times.answer is no sensible duration"),
        ("[times]\nanswer = 'soon'\n", "Expected `object`"),
        ("[service]\nsocial = { median_s = 1, sigma = 0 }\n", "Invalid enum value 'social'"),
        ("[channels]\nphone = 0.0\n", "channels have no share above 0"),
        ("format = 2\n", "format is not 1"),
        ("format = ", "drill.toml"),
    ],
)
def test_nonsense_is_refused_with_its_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Trouble, match=said) as caught:
        load_profile(own(tmp_path, text))
    assert caught.value.exit_code == 78
    assert "docs/drill.md" in caught.value.remedy


def one_type(rules: Rulebook, category: Category) -> Rulebook:
    kinds = {c: k for c, k in rules.types.items() if k.category is not category}
    kinds["own"] = IncidentType("own", category, Words("自定", "own"), 3)
    return Rulebook(kinds, rules.dispositions, rules.receivers)


def test_types_of_an_own_rulebook_are_drawn_where_it_has_none_of_ours() -> None:
    chances = Chances(load_profile(), one_type(rulebook(), Category.CRIMINAL))
    assert chances.types[Category.CRIMINAL].at(0.5) == "own"


def test_a_rulebook_that_lacks_a_class_a_disposition_or_a_receiver_cannot_be_drilled() -> None:
    rules = rulebook()
    few = {code: kind for code, kind in rules.types.items() if kind.category is not Category.OTHER}
    with pytest.raises(Trouble, match=r"types\.other"):
        Chances(load_profile(), Rulebook(few, rules.dispositions, rules.receivers))
    with pytest.raises(Trouble, match=r"dispositions\.criminal"):
        Chances(load_profile(), Rulebook(rules.types, {}, rules.receivers))
    with pytest.raises(Trouble, match=r"area\.far_receiver"):
        Chances(load_profile(), Rulebook(rules.types, rules.dispositions, {}))
