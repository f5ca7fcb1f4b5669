"""What-if questions outside a desk, and the process that answers them beside one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document
from zz110_tui.cli.exits import CONFIG, OK, UNCLEAR
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import open_board
from zz110_tui.config.problems import both
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.whatif import RUNS, Forecast, Question, situation_of
from zz110_tui.drill.lab.foreseer import Foreseer
from zz110_tui.gis.city import City
from zz110_tui.gis.travel import travel_of
from zz110_tui.language.parse import parse
from zz110_tui.language.parsed import WhatIf
from zz110_tui.language.scene import Scene
from zz110_tui.language.whatifwords import forecast_document, forecast_lines


@asynccontextmanager
async def foreseer_of(city: City, rules: Rulebook) -> AsyncIterator[Foreseer | None]:
    """What a desk asks; nothing runs until it does. None for a city that is in no folder."""
    if city.folder is None:
        yield None
        return
    foreseer = Foreseer(city.folder, rules)
    try:
        yield foreseer
    finally:
        await foreseer.close()


def tell_forecast(
    asked: WhatIf,
    scene: Scene,
    city: City,
    around: Surroundings,
    *,
    runs: int = RUNS,
    seed: int = -1,
    load: float = 1.0,
) -> tuple[Document, list[str]]:
    """Simulate here and now: the answer as a document and in words. ``seed`` -1 is the board's own position.

    Raises Trouble for a pack whose profile cannot be used.
    """
    question = Question(
        situation_of(scene.board, scene.now),
        asked.options,
        asked.incident,
        seed=scene.board.position if seed < 0 else seed,
        runs=runs,
        clock=around.loaded.settings.headline_clock,
        load=load,
    )
    with Progress(around.say("推演", "what if")) as progress:
        found = _foresee(question, city, around.rules, progress)
    return forecast_document(found, scene), forecast_lines(found, scene)


def _foresee(question: Question, city: City, rules: Rulebook, progress: Progress) -> Forecast:
    from zz110_tui.drill.lab.hour import foresee
    from zz110_tui.drill.profile import Chances, load_profile, pack_profile
    from zz110_tui.drill.world import travel_in

    chances = Chances(pack_profile(city.folder) if city.folder is not None else load_profile(), rules)

    def watch(done: int, total: int) -> None:
        progress.show(done, total, f"{done}/{total}")

    found = foresee(question, city, rules, chances, travel_in(city), progress=watch)
    assert found is not None  # nobody stops it
    return found


def what_if_on_store(invocation: Invocation, line: str, runs: int, seed: int, load: float, as_json: bool) -> int:
    """The exit code. The store is read as it stands, also while a core writes it, and nothing is written."""
    around = look_around(invocation)
    with open_board(around) as reading:
        if reading.city is None:
            raise Trouble(
                both("这里没有这个库的城市包", "the city pack of this store is not here"),
                reading.board.city,
                both("用 --city 指明城市包", "say which pack with --city"),
                exit_code=CONFIG,
            )
        scene = replace(reading.scene(), travel=travel_of(reading.city))
        parsed = parse(f"wi {line}", scene)
        if not isinstance(parsed.query, WhatIf):
            say(f"{parsed.preview}  {parsed.hint}".strip())
            for choice in parsed.choices:
                say(f"  {choice.insert}  {choice.words}")
            return UNCLEAR
        document, words = tell_forecast(parsed.query, scene, reading.city, around, runs=runs, seed=seed, load=load)
    if as_json:
        output.document(document)
    else:
        for told in words:
            output.text(told)
    return OK
