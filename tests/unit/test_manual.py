"""The manual is in both languages: every page has its twin, twins name the same things, and links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TWIN = ".zh-CN.md"

OF_ONE_LANGUAGE: dict[str, str] = {
    "cli.md": "language",
    "desk.md": "DP DRILL ER FR LIVE OD OFFLINE OS SG ST XX keys paper budget",
    "language.md": "@lon,lat @~words",
    "operations.md": "find ok",
}
"""Page -> spans that stand in one language only: what a desk shows in English alone, words of an example."""

PAGES = sorted(page for page in DOCS.glob("*.md") if not page.name.endswith(TWIN))
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PAIRS = [(page, twin) for page in PAGES if (twin := page.with_name(page.stem + TWIN)).exists()] + [READMES]
LINKED = [*sorted(DOCS.glob("*.md")), *READMES, ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *DOCS.glob("adr/*.md")]

_FENCE = re.compile(r"^```.*?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CHINESE = re.compile("[\u3400-\u9fff]")

NAMES = {
    "command": re.compile(r"\bzz110 (?!and\b|with\b|this\b)[a-z][a-z-]*"),
    "option": re.compile(r"(?<![\w-])--[a-z][a-z-]*"),
    "module": re.compile(r"python -m [\w.]+"),
    "variable": re.compile(r"\bZZ110_[A-Z_]+"),
    "file": re.compile(r"[\w/.-]*\w\.(?:toml|py|service|svg|jsonl|pub|csv|geojson|md)\b", re.ASCII),
}


def pages_ids(pair: tuple[Path, Path]) -> str:
    return pair[0].stem


def code(text: str) -> str:
    """What stands in blocks and spans, one below the other."""
    blocks = _FENCE.findall(text)
    return "\n".join([*blocks, *_SPAN.findall(_FENCE.sub("", text))])


def named(kind: str, text: str) -> set[str]:
    return {name.replace(TWIN, ".md") for name in NAMES[kind].findall(code(text))}


def test_every_page_has_its_twin_and_every_twin_its_page() -> None:
    assert {page.name for page in PAGES} == {page.name for page, _ in PAIRS} - {"README.md"}
    twins = {twin.name.replace(TWIN, ".md") for twin in DOCS.glob("*" + TWIN)}
    assert twins == {page.name for page in PAGES}


@pytest.mark.parametrize("pair", PAIRS, ids=pages_ids)
@pytest.mark.parametrize("kind", NAMES)
def test_twins_name_the_same_things(pair: tuple[Path, Path], kind: str) -> None:
    english, chinese = (named(kind, page.read_text(encoding="utf-8")) for page in pair)
    assert english - chinese == set(), "missing in the Chinese page"
    assert chinese - english == set(), "missing in the English page"


@pytest.mark.parametrize("pair", PAIRS, ids=pages_ids)
def test_spans_without_words_are_the_same_in_twins(pair: tuple[Path, Path]) -> None:
    """A span of letters, digits and signs alone (a setting, a verb, a code) is typed as it stands in both languages."""
    english, chinese = (_bare_spans(page) for page in pair)
    own = set(OF_ONE_LANGUAGE.get(pair[0].name, "").split())
    assert english - chinese - own == set(), "missing in the Chinese page"
    assert chinese - english - own == set(), "missing in the English page"


def _bare_spans(page: Path) -> set[str]:
    spans = _SPAN.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return {span for span in spans if not _CHINESE.search(span) and " " not in span}


@pytest.mark.parametrize("pair", PAIRS, ids=pages_ids)
def test_twins_give_the_same_figures(pair: tuple[Path, Path]) -> None:
    """Figures of three digits and more: what was measured anew is new in both languages. Smaller ones may be words."""
    english, chinese = (_figures(page) for page in pair)
    assert english - chinese == set(), "missing in the Chinese page"
    assert chinese - english == set(), "missing in the English page"


def _figures(page: Path) -> set[str]:
    found = re.findall(r"\d[\d,]*\.?\d*", page.read_text(encoding="utf-8"))
    return {figure.strip(".,") for figure in found if len(re.sub(r"\D", "", figure)) >= 3}


@pytest.mark.parametrize("pair", PAIRS, ids=pages_ids)
def test_twins_point_at_each_other(pair: tuple[Path, Path]) -> None:
    english, chinese = (page.read_text(encoding="utf-8").split("\n## ")[0] for page in pair)
    assert f"English | [中文]({pair[1].name})" in english
    assert f"[English]({pair[0].name}) | 中文" in chinese


@pytest.mark.parametrize("page", LINKED, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in _LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = page.parent / path if path else page
        assert there.exists(), target
        if anchor:
            assert anchor in _anchors(there), target


def _anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", [twin for _, twin in PAIRS], ids=lambda page: page.name)
def test_a_chinese_page_leads_to_chinese_pages(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        twin = page.parent / target.replace(".md", TWIN)
        if target.endswith(".md") and not target.endswith(TWIN) and twin != page:
            assert not twin.exists(), f"{target}: link to {twin.name}"
