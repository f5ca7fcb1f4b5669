"""The work behind ``zz110 city posts``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zz110_tui.cli import output
from zz110_tui.cli.citypicture import Mark, Panel, grid_areas, picture, write_picture
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document
from zz110_tui.cli.exits import OK
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.placework import Sources, put, the_pack
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.core.places import Point
from zz110_tui.core.terms import term
from zz110_tui.gis.city import City
from zz110_tui.gis.packwrite import places_geojson, units_toml
from zz110_tui.gis.posting import (
    LIMITS_S,
    PlacedPost,
    Posting,
    PostsReach,
    WantedPosts,
    place_posts,
    street,
    with_posts,
)
from zz110_tui.gis.siting import By

BANDS = (("square", "#009e73"), ("square", "#7cc4e8"), ("ring", "#d98200"), ("cross", "#b5300f"))
"""Within three, five and ten minutes, and later: sign and colour."""
POST = "#222222"


@dataclass(frozen=True, slots=True)
class PostWishes:
    """What somebody asked for; ``count`` 0 is as many as there are street units, ``hour`` -1 the busiest one."""

    sources: Sources
    count: int
    by: By
    within_s: float
    hour: int
    rounds: int
    seed: int


def posts(invocation: Invocation, wishes: PostWishes) -> int:
    """The exit code. Nothing is written before everything is reckoned."""
    around = look_around(invocation)
    sources = wishes.sources
    pack, city = the_pack(around, sources)
    city = around.driven(city)
    wanted = WantedPosts(
        wishes.count or max(1, len(street(city))),
        wishes.by,
        wishes.within_s,
        None if wishes.hour < 0 else wishes.hour,
        wishes.rounds,
        wishes.seed,
    )
    say(around.say("排停靠点 …", "placing posts …"))
    found = place_posts(city, wanted)
    place = None
    if sources.write or sources.out is not None:
        changed = with_posts(found)
        files = {"places.geojson": places_geojson(changed), "units.toml": units_toml(changed)}
        place = put(around, sources, pack, changed, files)
    if sources.picture is not None:
        write_picture(sources.picture, posts_picture(found, around.language))
        say(around.say(f"图在 {sources.picture}", f"the picture is {sources.picture}"))
    if sources.as_json:
        output.document({**_document(found), "written": str(place) if place else None})
    else:
        _show(found, around)
    return OK


# -- text and JSON -----------------------------------------------------------------------------------------------------


def _document(found: Posting) -> Document:
    wanted = found.wanted
    return {
        "pack": found.city.name,
        "count": wanted.count,
        "by": wanted.by.value,
        "within_s": wanted.within_s if wanted.by is By.COVER else None,
        "hour": found.hour,
        "kind": found.kind.value,
        "seed": wanted.seed,
        "rounds": wanted.rounds,
        "sites": found.sites,
        "places": len(found.places),
        "calls": found.city.demand.source or None,
        "before": _reach_document(found.before) if found.before else None,
        "after": _reach_document(found.after),
        "posts": [
            {
                "post": one.post.id,
                "name": one.post.name.text,
                "name_en": one.post.name_en or None,
                "grid": one.post.grid,
                "lon": one.post.point.lon,
                "lat": one.post.point.lat,
                "kept": one.kept,
                "unit": one.unit or None,
                "share": round(one.share, 5),
            }
            for one in found.posts
        ],
        "units_without_post": list(found.free),
    }


def _reach_document(reach: PostsReach) -> Document:
    return {
        **_figures_document(reach.mean_s, reach.within),
        "grids": [
            {"grid": row.grid, "share_of_calls": round(row.weight, 5), **_figures_document(row.mean_s, row.within)}
            for row in reach.grids
        ],
    }


def _figures_document(mean_s: float, within: Sequence[float]) -> Document:
    shares = {f"within_{limit:.0f}_s": round(share, 5) for limit, share in zip(LIMITS_S, within, strict=True)}
    return {"mean_s": round(mean_s, 2), **shares}


def _show(found: Posting, around: Surroundings) -> None:
    zh = around.language == "zh"
    output.text(headline(found, around.language))
    output.text()
    before, after = found.before, found.after
    heads = ("", "平均秒", "3分内", "5分内", "10分内") if zh else ("", "mean s", "3 min", "5 min", "10 min")
    rows = [[("现在" if zh else "before"), *_cells(before.mean_s, before.within)]] if before else []
    rows.append([("排后" if zh else "after"), *_cells(after.mean_s, after.within)])
    output.table(heads, rows, right=range(1, 5))
    output.text()
    olds = {row.grid: row for row in before.grids} if before else {}
    table = []
    for row in after.grids:
        old = olds.get(row.grid)
        mean, share = (f"{old.mean_s:.0f}", _percent(old.within[1])) if old else ("–", "–")
        name, calls = _grid(found.city, row.grid, zh), _percent(row.weight)
        table.append([name, calls, mean, f"{row.mean_s:.0f}", share, _percent(row.within[1])])
    grid_heads = (
        ("网格", "警情", "平均秒 前", "后", "5分内 前", "后")
        if zh
        else ("grid", "calls", "mean s before", "after", "5 min before", "after")
    )
    output.table(grid_heads, table, right=range(1, 6))
    output.text()
    post_heads = (
        ("停靠点", "网格", "警力", "最近警情", "", "名称") if zh else ("post", "grid", "unit", "nearest to", "", "name")
    )
    kept = "原有" if zh else "kept"
    output.table(
        post_heads,
        [
            [one.post.id, one.post.grid, one.unit or "–", _percent(one.share), kept if one.kept else "", _name(one, zh)]
            for one in found.posts
        ],
        right=(3,),
    )
    if found.free:
        say(
            around.say(
                f"停靠点少于警力：{'、'.join(found.free)} 没有停靠点，不能 --write",
                f"fewer posts than units: none for {', '.join(found.free)}; this cannot be written",
            )
        )


def headline(found: Posting, language: str) -> str:
    """What was placed, by what, and for which hour and kind of unit."""
    wanted = found.wanted
    kind, name, clock = term(found.kind, language), found.city.name_en, f"{found.hour:02}:00"
    if language == "zh":
        name = found.city.name_zh
        by = "平均到场最快（p-中位）" if wanted.by is By.MEDIAN else f"{wanted.within_s:.0f} 秒内覆盖最多（MCLP）"
        return f"{name}：{wanted.count} 个停靠点，{by}；{clock} 的路况，{kind}，种子 {wanted.seed}"
    by = "nearest on average (p-median)" if wanted.by is By.MEDIAN else f"most within {wanted.within_s:.0f} s (MCLP)"
    return f"{name}: {wanted.count} posts, {by}; traffic of {clock}, {kind}, seed {wanted.seed}"


def _name(one: PlacedPost, zh: bool) -> str:
    return one.post.name.text if zh else one.post.name_en or one.post.name.text


def _grid(city: City, grid_id: str, zh: bool) -> str:
    grid = city.grid(grid_id)
    name = "" if grid is None else (grid.name.text if zh else grid.name_en or grid.name.text)
    return f"{grid_id} {name}".strip()


def _cells(mean_s: float, within: Sequence[float]) -> list[str]:
    return [f"{mean_s:.0f}", *(_percent(share) for share in within)]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


# -- the picture -------------------------------------------------------------------------------------------------------


def posts_picture(found: Posting, language: str) -> str:
    """Before and after: every place by how long the nearest post needs to it, and the posts."""
    zh = language == "zh"
    names = (
        ("3 分内", "5 分内", "10 分内", "更久") if zh else ("within 3 min", "within 5 min", "within 10 min", "later")
    )
    bands = [Mark(shape, colour, name) for (shape, colour), name in zip(BANDS, names, strict=True)]
    post = Mark("post", POST, "停靠点" if zh else "post")
    city = found.city
    panels = []
    if found.before is not None:
        now = [(unit.post_point, unit.call_sign) for unit in street(city)]
        panels.append(_panel(found, "现在" if zh else "before", found.before, now, bands, post, zh))
    placed = [(one.post.point, one.unit or one.post.id) for one in found.posts]
    panels.append(_panel(found, "排后" if zh else "after", found.after, placed, bands, post, zh))
    return picture(city, headline(found, language), panels, [*bands, post])


def _panel(
    found: Posting,
    title: str,
    reach: PostsReach,
    posts: Sequence[tuple[Point, str]],
    bands: Sequence[Mark],
    post: Mark,
    zh: bool,
) -> Panel:
    signs = [
        (point, bands[sum(seconds > limit for limit in LIMITS_S)])
        for point, seconds in zip(found.places, reach.seconds, strict=True)
    ]
    names: list[tuple[Point, str]] = []
    for point, name in posts:
        signs.append((point, post))
        names.append((found.city.frame.at(*_above(found.city, point)), name))
    shares = [_percent(share) for share in reach.within]
    words = (
        f"平均 {reach.mean_s:.0f} 秒；3、5、10 分内 {'、'.join(shares)}"
        if zh
        else f"mean {reach.mean_s:.0f} s; within 3, 5, 10 min {', '.join(shares)}"
    )
    return Panel(title, (words,), grid_areas(found.city, ["none"] * len(found.city.grids)), signs, names)


def _above(city: City, point: Point) -> tuple[float, float]:
    """Where the name of a post stands, in metres: above its sign at the size of the picture."""
    x, y = city.frame.xy(point)
    box = city.outline.box
    return x, y + (box.east - box.west) * city.frame.east_m / 60
