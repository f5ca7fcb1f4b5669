from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.config import folders
from zz110_tui.config.fields import all_fields, expected
from zz110_tui.config.load import DEFAULT, LOGIN, check, load, show, where
from zz110_tui.config.settings import Settings
from zz110_tui.core.rulebook import Limits
from zz110_tui.core.trouble import Trouble


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The three folders settings may be in, empty, and nothing of the machine the test runs on."""
    made = {name: tmp_path / name for name in ("named", "user", "machine")}
    for path in made.values():
        path.mkdir()
    monkeypatch.setattr(folders, "MACHINE_FOLDER", made["machine"])
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: made["user"])
    return made


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_any_file_the_defaults_count(places: dict[str, Path]) -> None:
    loaded = load(env={"LOGNAME": "li"})
    assert loaded.settings.language == "zh"
    assert loaded.settings.city == "zhangzhou"
    assert loaded.settings.headline_clock == "received"
    assert loaded.settings.desk.person == "li"
    assert loaded.sources["desk.person"] == LOGIN
    assert loaded.store.is_absolute()
    assert {s for key, s in loaded.sources.items() if key != "desk.person"} == {DEFAULT}


def test_each_key_counts_from_the_first_place_that_has_it(places: dict[str, Path]) -> None:
    named = write(places["named"], 'theme = "day"\n')
    user = write(places["user"], '[desk]\nid = "03"\n\n[limits.p1]\nunanswered = 8\n')
    machine = write(places["machine"], 'theme = "mono"\nkeymap = "default"\n[desk]\nid = "09"\nperson = "王"\n')
    loaded = load(places["named"], env={})
    assert (loaded.settings.theme, loaded.sources["theme"]) == ("day", f"{named}:1")
    assert (loaded.settings.desk.id, loaded.sources["desk.id"]) == ("03", f"{user}:2")
    assert (loaded.settings.desk.person, loaded.sources["desk.person"]) == ("王", f"{machine}:5")
    assert loaded.settings.limits.p1.unanswered == 8
    assert loaded.settings.limits.p1.undispatched == Settings().limits.p1.undispatched


def test_aliases_of_all_places_count_together(places: dict[str, Path]) -> None:
    write(places["user"], '[aliases]\n"出" = "dispatch"\n"甲" = "note"\n')
    write(places["machine"], '[aliases]\n"出" = "clear"\n"乙" = "hold"\n')
    assert load(env={}).settings.aliases == {"出": "dispatch", "甲": "note", "乙": "hold"}


def test_the_store_is_the_options_then_the_environments_then_the_files(places: dict[str, Path]) -> None:
    file = write(places["user"], 'store = "live.zz110"\n')
    env = {"ZZ110_STORE": str(places["user"] / "env.zz110")}
    option = load(store=Path("option.zz110"), env=env)
    assert (option.store, option.sources["store"]) == (Path.cwd() / "option.zz110", "--store")
    environment = load(env=env)
    assert (environment.store.name, environment.sources["store"]) == ("env.zz110", "ZZ110_STORE")
    written = load(env={})
    assert (written.store, written.sources["store"]) == (places["user"] / "live.zz110", f"{file}:1")


def test_a_path_in_a_file_stands_beside_that_file(places: dict[str, Path]) -> None:
    write(places["user"], 'theme = "mine.toml"\ncity = "./packs/own"\nkeymap = "default"\n')
    settings = load(env={}).settings
    assert settings.theme == str(places["user"] / "mine.toml")
    assert settings.city == str(places["user"] / "packs/own")
    assert settings.keymap == "default"


@pytest.mark.parametrize(
    ("text", "key", "line", "hint"),
    [
        ('langauge = "en"', "langauge", 1, "language"),
        ('\nlanguage = "fr"', "language", 2, '"zh", "en"'),
        ("hold = 0", "hold", 1, "1 to 604800"),
        ('hold = "15m"', "hold", 1, "whole number"),
        ("hold = true", "hold", 1, "whole number"),
        ("colour = 256", "colour", 1, '"256"'),
        ("[desk]\nid = 3", "desk.id", 2, "text"),
        ('[desk]\nid = "3; rm"', "desk.id", 2, "fits"),
        ('[desk]\nduty = "boss"', "desk.duty", 2, "supervise"),
        ('desk = "03"', "desk", 1, "[desk]"),
        ("[limits.p5]\nunanswered = 1", "limits.p5", 1, "p"),
        ("[limits.p1]\nanswered = 1", "limits.p1.answered", 2, "unanswered"),
        ("[aliases]\na = 1", "aliases", 1, "verb"),
        ('timezone = "Asia/Zhangzhou"', "timezone", 1, "Asia/Shanghai"),
        ('timezone = "../../etc/passwd"', "timezone", 1, "Asia/Shanghai"),
        ('timezone = "Asia"', "timezone", 1, "Asia/Shanghai"),
        ('[desk]\nperson = "\\u001b[2J李"', "desk.person", 2, "take them out"),
        ('[desk]\nperson = "李\\u202e"', "desk.person", 2, "take them out"),
    ],
)
def test_what_does_not_fit_is_named_with_file_line_key_and_remedy(
    places: dict[str, Path], text: str, key: str, line: int, hint: str
) -> None:
    path = write(places["user"], text)
    (problem,) = check(env={})
    assert (problem.path, problem.key, problem.line) == (path, key, line)
    assert hint in problem.remedy
    with pytest.raises(Trouble) as raised:
        load(env={})
    assert f"{path}:{line}: {key}" in raised.value.cause
    assert raised.value.exit_code == 78
    assert raised.value.cause.replace("\n", "").isprintable()


def test_all_problems_of_all_files_are_told_at_once(places: dict[str, Path]) -> None:
    write(places["user"], 'language = "fr"\nhold = 0\n')
    write(places["machine"], "theme =\n")
    assert len(check(env={})) == 3


def test_a_value_that_is_overridden_is_still_checked(places: dict[str, Path]) -> None:
    write(places["named"], 'language = "en"\n')
    write(places["user"], 'language = "fr"\n')
    assert [problem.key for problem in check(places["named"], env={})] == ["language"]


def test_check_says_where_a_theme_that_is_not_there_was_chosen(places: dict[str, Path]) -> None:
    path = write(places["user"], '\ntheme = "nobody"\n')
    problem = next(p for p in check(env={}) if p.key == "theme")
    assert (problem.path, problem.line) == (path, 2)
    assert "night" in problem.remedy


def test_check_looks_into_the_theme_that_is_chosen(places: dict[str, Path]) -> None:
    write(places["user"], 'theme = "bad.toml"\n')
    bad = places["user"] / "bad.toml"
    bad.write_text("dark = 1\n", encoding="utf-8")
    assert bad in [problem.path for problem in check(env={})]


def test_where_lists_what_is_looked_for_even_if_it_is_broken(places: dict[str, Path]) -> None:
    write(places["user"], "not toml")
    looked = where(places["named"], env={})
    assert [(row.why, row.found) for row in looked] == [("--config-dir", False), ("user", True), ("machine", False)]


def test_show_has_every_key_with_value_source_and_both_languages(places: dict[str, Path]) -> None:
    path = write(places["user"], 'glyphs = "ascii"\n')
    rows = {row.key: row for row in show(load(env={}))}
    assert list(rows) == [field.dotted for field in all_fields()]
    assert (rows["glyphs"].value, rows["glyphs"].source) == ("ascii", f"{path}:1")
    assert all(row.words.zh and row.words.en for row in rows.values())


def test_every_field_says_what_it_takes() -> None:
    assert all(expected(field.type).zh and expected(field.type).en for field in all_fields())


def test_a_store_path_with_control_characters_is_refused(places: dict[str, Path]) -> None:
    with pytest.raises(Trouble) as raised:
        load(env={"ZZ110_STORE": "a\x1b[2Jb"})
    assert str(raised.value).isprintable()


def test_limits_reach_the_core_in_milliseconds(places: dict[str, Path]) -> None:
    write(places["user"], "[limits.p4]\nunfed_back = 7\n")
    limits = load(env={}).settings.limits_by_priority()
    assert sorted(limits) == [1, 2, 3, 4]
    assert limits[1] == Limits()
    assert limits[4].unfed_back == 7_000


def test_a_lesser_priority_is_never_the_stricter_one() -> None:
    limits = Settings().limits_by_priority()
    for higher, lower in ((1, 2), (2, 3), (3, 4)):
        for name in Limits.__dataclass_fields__:
            assert getattr(limits[higher], name) <= getattr(limits[lower], name), name
