"""``zz110 city``: city packs, those that come with zz110 and those made from a city's own calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of
from zz110_tui.gis.siting import By

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Pack = Annotated[str, typer.Argument(metavar="PACK", help="A city pack, by name or path.")]

Calls = Annotated[
    Path | None, typer.Option("--calls", metavar="FILE", help="These calls instead of the pack's own profile.")
]
Mapped = Annotated[str, typer.Option("--map", metavar="MAPPING", help="How to read a CSV of calls.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed, the same answer.")]
Drawn = Annotated[Path | None, typer.Option("--picture", metavar="FILE", help="Draw before and after (SVG).")]
Write = Annotated[bool, typer.Option("--write", help="Put it into the pack, all of it at once.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Put it into a copy of the pack there.")]

app = typer.Typer(help="City packs: where things are.", no_args_is_help=True)


@app.command("list")
def list_(ctx: typer.Context, as_json: Json = False) -> None:
    """List the city packs that can be named."""
    from zz110_tui.cli.citywork import list_cities

    list_cities(of(ctx), as_json)


@app.command()
def show(ctx: typer.Context, pack: Pack, as_json: Json = False) -> None:
    """Show what is in a pack: grids, stations, units, posts, roads."""
    from zz110_tui.cli.citywork import show_city

    show_city(of(ctx), pack, as_json)


@app.command()
def check(ctx: typer.Context, pack: Pack, as_json: Json = False) -> None:
    """Find holes and overlaps of grids, posts nobody can reach, names given twice.

    Exit code 0: it can be used; 1: something has to be mended.
    """
    from zz110_tui.cli.citywork import check_city

    raise typer.Exit(check_city(of(ctx), pack, as_json))


@app.command()
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the new pack: letters, digits, - and _.")],
    calls: Annotated[Path, typer.Option("--calls", metavar="FILE", help="The city's calls: a calls file or CSV.")],
    mapping: Annotated[str, typer.Option("--map", metavar="MAPPING", help="How to read the CSV.")] = "",
    grids: Annotated[int, typer.Option("--grids", min=1, max=99, help="How many grids.")] = 12,
    units: Annotated[int, typer.Option("--units", min=1, max=999, help="How many street units.")] = 15,
    second_line: Annotated[int, typer.Option("--second-line", min=0, max=99, help="How many station cars.")] = 0,
    roads: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--roads", metavar="NODES EDGES", help="A road net as two CSV files (docs/city-pack.md)."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to put it [default: the user's data folder].")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Same calls and seed, same pack.")] = 1,
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="ZONE", help="Such as Asia/Shanghai [default: the mapping's].")
    ] = "",
    name_zh: Annotated[str, typer.Option("--name-zh", help="The city's Chinese name.")] = "",
    name_en: Annotated[str, typer.Option("--name-en", help="The city's English name.")] = "",
    as_json: Json = False,
) -> None:
    """Make a pack for a city from its own call records.

    Grids are contiguous and balanced by area and calls; units stand where the calls are (p-median).
    """
    from zz110_tui.cli.citywork import NewCity, make_city

    wanted = NewCity(name, calls, mapping, grids, units, second_line, roads, out, seed, timezone, name_zh, name_en)
    make_city(of(ctx), wanted, as_json)


@app.command()
def roads(
    ctx: typer.Context,
    pack: Pack,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="Two CSV tables (nodes, edges), GeoJSON, or an OpenStreetMap extract (.osm.pbf, .osm).",
        ),
    ],
    datum: Annotated[
        list[str] | None, typer.Option("--datum", metavar="DATUM", help="What the files are in: wgs84, gcj02 or bd09.")
    ] = None,
    margin: Annotated[
        float, typer.Option("--margin", metavar="METRES", min=0, max=50_000, help="How far around the outline.")
    ] = 1_500,
    limit: Annotated[
        float, typer.Option("--limit", metavar="METRES", min=1, max=50_000, help="Places farther off are named.")
    ] = 250,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write a copy of the pack there instead.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be; write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Build a pack's road net from road data: what is driven on.

    The largest part in which everybody can drive everywhere is kept; one-way streets are one-way; how far posts,
    stations, named places and calls lie from it is told. Ctrl-C leaves the pack as it was.
    """
    from zz110_tui.cli.roadwork import WantedRoads, build_roads

    wanted = WantedRoads(pack, tuple(files), tuple(datum or ()), margin, limit, out, dry_run, as_json)
    raise typer.Exit(build_roads(of(ctx), wanted))


@app.command()
def posts(
    ctx: typer.Context,
    pack: Pack,
    count: Annotated[
        int, typer.Option("--count", min=0, max=999, help="How many posts; 0: one for each street unit.")
    ] = 0,
    by: Annotated[
        By, typer.Option("--by", help="median: calls are near on average; cover: most are within --within.")
    ] = By.MEDIAN,
    within: Annotated[
        float, typer.Option("--within", metavar="SECONDS", min=30, max=3_600, help="What counts as covered.")
    ] = 300,
    hour: Annotated[
        int, typer.Option("--hour", min=-1, max=23, help="Whose traffic counts; -1: the hour with most calls.")
    ] = -1,
    calls: Calls = None,
    mapping: Mapped = "",
    rounds: Annotated[
        int, typer.Option("--rounds", min=0, max=1_000, help="How often the answer is shaken and tried anew.")
    ] = 12,
    seed: Seed = 1,
    picture: Drawn = None,
    write: Write = False,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Place standing posts over the pack's roads and calls, before and after.

    Response times are medians with turning out, from the nearest post, as if its unit were free. The same pack, calls
    and seed give the same posts. With --write each street unit gets one of them.
    """
    from zz110_tui.cli.placework import Sources
    from zz110_tui.cli.postwork import PostWishes
    from zz110_tui.cli.postwork import posts as place

    sources = Sources(pack, calls, mapping, picture, write, out, as_json)
    raise typer.Exit(place(of(ctx), PostWishes(sources, count, by, within, hour, rounds, seed)))


@app.command()
def learn(
    ctx: typer.Context,
    pack: Pack,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be learned; write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Learn travel times from the trips in the store's journal (--store).

    \b
    zz110 --store live.zz110 city learn mytown --dry-run

    Factors by class of road and hours of the day, near the pack's own numbers while trips are few; how far expected
    arrivals are off before and after, on trips held out. They are written to the pack's times.toml.
    """
    from zz110_tui.cli.learnwork import WantedLearning, learn_times

    raise typer.Exit(learn_times(of(ctx), WantedLearning(pack, dry_run, as_json)))


@app.command()
def grids(
    ctx: typer.Context,
    pack: Pack,
    count: Annotated[int, typer.Option("--count", min=0, max=99, help="How many grids; 0: as many as now.")] = 0,
    area: Annotated[float, typer.Option("--area", min=0, help="How much a grid's area counts.")] = 0.5,
    people: Annotated[float, typer.Option("--people", min=0, help="How much its people count.")] = 0.0,
    weigh_calls: Annotated[float, typer.Option("--weigh-calls", min=0, help="How much its calls count.")] = 0.5,
    population: Annotated[
        Path | None, typer.Option("--population", metavar="FILE", help="Who lives where: CSV with lon,lat,people.")
    ] = None,
    calls: Calls = None,
    mapping: Mapped = "",
    seed: Seed = 1,
    picture: Drawn = None,
    write: Write = False,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Draw balanced grids, each in one piece, by area, people and calls, before and after.

    A grid's load is its share of each, by the weights. The same pack, calls and seed give the same grids. With --write
    posts, units and places are in the grid they lie in then; grids keep the names they have most ground in common with.
    """
    from zz110_tui.cli.gridwork import GridWishes
    from zz110_tui.cli.gridwork import grids as draw
    from zz110_tui.cli.placework import Sources

    sources = Sources(pack, calls, mapping, picture, write, out, as_json)
    raise typer.Exit(draw(of(ctx), GridWishes(sources, count, area, people, weigh_calls, population, seed)))
