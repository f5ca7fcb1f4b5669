"""What Textual's own widgets make of the load of ``bench_desk``: a DataTable of the slips, a Static with the map of the
same city, an Input as the command line."""

from __future__ import annotations

import asyncio
import random
import signal
from typing import TYPE_CHECKING

from rich.text import Text

from zz110_tui.station.term.profile import prepare

if TYPE_CHECKING:
    from benchmarks.desk_scene import Load

MAP_COLUMNS, MAP_ROWS = 80, 40


async def stock(load: Load) -> int:
    prepare()
    from textual.app import App, ComposeResult
    from textual.containers import Horizontal
    from textual.widgets import DataTable, Input, Static

    from benchmarks.desk_scene import ROADS, WORDS

    dice = random.Random(110)
    roads = {(dice.randrange(MAP_COLUMNS), dice.randrange(MAP_ROWS)) for _ in range(600)}

    def drawn(units: list[tuple[int, int]]) -> Text:
        cells = [["⠒" if (x, y) in roads else " " for x in range(MAP_COLUMNS)] for y in range(MAP_ROWS)]
        for n, (x, y) in enumerate(units):
            cells[y][min(x, MAP_COLUMNS - 2) : min(x, MAP_COLUMNS - 2) + 2] = f"{n + 1:02d}"
        return Text("\n".join("".join(row) for row in cells), style="color(66)")

    class Stock(App[None]):
        CSS = "DataTable { width: 80; } Static { width: 80; } Input { height: 3; }"

        def compose(self) -> ComposeResult:
            with Horizontal():
                yield DataTable()
                yield Static(drawn([]))
            yield Input()

        def on_mount(self) -> None:
            self.table = self.query_one(DataTable)
            self.columns = self.table.add_columns("警情", "类别", "地点", "时长")
            self.rows = [
                self.table.add_row(f"{n:04d}", dice.choice(WORDS), f"{dice.choice(ROADS)}{n}号", "0:00")
                for n in range(1, load.incidents + 1)
            ]
            self.cursor_blink = False
            box = self.query_one(Input)
            box.cursor_blink = False
            box.focus()
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.begin)

        def begin(self) -> None:
            self.tasks = [asyncio.create_task(self.change()), asyncio.create_task(self.move())]

        async def change(self) -> None:
            while True:
                row, text = dice.choice(self.rows), f"{dice.choice(WORDS)}{dice.randrange(100)}"
                self.table.update_cell(row, self.columns[1], text)
                await asyncio.sleep(1 / load.changes)

        async def move(self) -> None:
            board = self.query_one(Static)
            while True:
                places = [(dice.randrange(MAP_COLUMNS), dice.randrange(MAP_ROWS)) for _ in range(load.moving)]
                board.update(drawn(places))
                await asyncio.sleep(1 / load.moves)

    app = Stock()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, app.exit)
    await app.run_async(mouse=False)
    return 0
