"""Where the outbox of a desk is (among the user's data, one for each core and desk), and ``zz110 outbox``."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document
from zz110_tui.cli.exits import NO_INPUT, OK, REFUSED, STORE_IN_USE, UNCLEAR
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.joining import core_named
from zz110_tui.cli.lineanswers import LineAnswer
from zz110_tui.cli.lines import Line
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import Room, open_room
from zz110_tui.client.outbox import Outbox, Unsent, file_of, fresh, send, settle
from zz110_tui.client.states import Unanswered
from zz110_tui.config.problems import both
from zz110_tui.core.answers import Answer
from zz110_tui.core.cleaning import visible
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.offering import offer
from zz110_tui.language.refusing import refusal_words
from zz110_tui.language.saying import say_answer

AWAY = STORE_IN_USE
"""The exit code of a Trouble that means: the core cannot be reached now."""


def outbox_of(around: Surroundings) -> Outbox:
    """The outbox of this desk at the core that was named, or at the one of its store."""
    import platformdirs

    core = core_named(around) or str(around.store.resolve())
    folder = platformdirs.user_data_path("zz110", appauthor=False) / "outbox"
    return Outbox(file_of(folder, core, around.actor("keyboard").desk))


def not_sent(around: Surroundings, line: Line, trouble: Trouble, keep: bool, store: str = "") -> LineAnswer:
    """A line that did not reach the core, or got no answer: said, and kept where that was asked for.

    One without an answer may have been done: it is kept with the id under which it went to ``store``, so that the core
    is asked before it is ever sent again. Raises the same trouble where it is of another kind.
    """
    if trouble.exit_code != AWAY:
        raise trouble
    flight = trouble.command_id if isinstance(trouble, Unanswered) else ""
    what = around.say("不知是否执行", "not known whether done") if flight else around.say("没有送出", "not sent")
    words = [f"{what}: {visible(line.text)}", trouble.title]
    if trouble.cause:
        words.append(trouble.cause)
    hint = trouble.remedy
    if keep:
        actor = around.actor("cli")
        kept = fresh(line.text, time.time_ns() // 1_000_000, actor.person, store)
        count = len(outbox_of(around).keep(replace(kept, flight=flight)))
        hint = around.say(
            f"已存入待发箱（共 {count} 条）：zz110 outbox list",
            f"kept in the outbox ({count} in it): zz110 outbox list",
        )
    return LineAnswer(line, "kept" if keep else "not_sent", tuple(words), hint)


# -- the commands ----------------------------------------------------------------------------------------------------


def list_unsent(invocation: Invocation, as_json: bool) -> None:
    around = look_around(invocation)
    items = outbox_of(around).items()
    if as_json:
        output.document([_document(item) for item in items])
    else:
        for item in items:
            state = around.say("待查明", "unknown ") if item.flight else around.say("未送出", "not sent")
            when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(item.at / 1000))
            output.text(f"{item.id[:8]}  {state}  {when}  {visible(item.person)}  {visible(item.line)}")
        if not items:
            say(around.say("待发箱是空的", "the outbox is empty"))
    output.flush()


def _document(item: Unsent) -> Document:
    return {"id": item.id, "line": item.line, "at": item.at, "person": item.person, "in_flight": bool(item.flight)}


def drop_unsent(invocation: Invocation, which: str) -> None:
    around = look_around(invocation)
    box = outbox_of(around)
    item = _the_one(box, which)
    left = len(box.drop(item, "dropped"))
    say(around.say(f"已删去，没有送出；还有 {left} 条", f"dropped, and never sent; {left} left"))


def send_unsent(invocation: Invocation, which: str, as_json: bool) -> int:
    """The exit code."""
    return asyncio.run(_send(look_around(invocation), which, as_json))


async def _send(around: Surroundings, which: str, as_json: bool) -> int:
    box = outbox_of(around)
    item = _the_one(box, which)
    async with open_room(around, "cli") as room:
        code, words, answer = await _send_in(room, box, item)
        if as_json:
            known = None if answer is None else [entry.position for entry in answer.entries]
            output.document({"id": item.id, "line": item.line, "exit": code, "says": words, "positions": known})
        else:
            output.text(words)
        output.flush()
    return code


async def _send_in(room: Room, box: Outbox, item: Unsent) -> tuple[int, str, Answer | None]:
    scene = room.scene()
    if item.flight:
        answer = await settle(box, room.link, item)
        room.catch_up()
        if answer is None:
            told = scene.say("核心没有执行；再执行一次本命令即发送", "it was not done; run this again to send it")
            return UNCLEAR, told, None
        return OK, scene.say("核心早已执行：", "the core had done it: ") + say_answer(answer, room.scene()), answer
    if item.store and item.store != room.link.store:
        return UNCLEAR, scene.say("这一行是对另一个案卷库打的", "it was typed for another store"), None
    made = offer(item.command, item.line, item.at, scene)
    if made.command is None:
        return UNCLEAR, f"{made.words}  → {made.hint}" if made.hint else made.words, None
    answer = await send(box, room.link, item, made.command, room.board.position)
    room.catch_up()
    if answer.refusal is not None:
        return REFUSED, "  → ".join(refusal_words(answer.refusal, room.scene())), answer
    return OK, say_answer(answer, room.scene()), answer


def _the_one(box: Outbox, which: str) -> Unsent:
    """Raises Trouble where none, or more than one, has an id that begins so."""
    found = [item for item in box.items() if which and item.id.startswith(which)]
    if len(found) == 1:
        return found[0]
    raise Trouble(
        both("待发箱里没有这一条", "there is no such line in the outbox")
        if not found
        else both("有几条都以此开头", "several begin so"),
        ascii(which),
        both("zz110 outbox list 列出编号", "zz110 outbox list shows the ids"),
        exit_code=NO_INPUT,
    )
