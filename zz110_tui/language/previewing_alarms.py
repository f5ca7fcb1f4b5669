"""What Enter will do with a line about alarms; part of the table in ``language.previewing``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.language.readers import alarm_words
from zz110_tui.language.saying_alarms import alarm_key_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import minutes, short_text


def _named(scene: Scene, key: str) -> str:
    return alarm_words(scene, key) if key in scene.board.alarms else alarm_key_words(key, scene)


def _and(words: str, text: str) -> str:
    return f"{words} / {short_text(text)}" if text else words


def _take(cmd: c.TakeAlarm, scene: Scene) -> str:
    return f"{scene.say('认领', 'Take')} {_named(scene, cmd.key)}"


def _clear(cmd: c.ClearAlarm, scene: Scene) -> str:
    return _and(f"{scene.say('清除', 'Clear')} {_named(scene, cmd.key)}", cmd.reason)


def _shelve(cmd: ca.ShelveAlarm, scene: Scene) -> str:
    """For how long, until when, and what brings it back."""
    until = cmd.until or scene.now + scene.rules.alarms.shelf_ms
    how_long, at = minutes((until - scene.now) / 1000), scene.clock(until)
    named = _named(scene, cmd.key)
    said = scene.say(
        f"搁置 {named}，{how_long}，到 {at} 或变严重时返回",
        f"Shelve {named} for {how_long}: back at {at}, or when it gets worse",
    )
    return _and(said, cmd.reason)


def _unshelve(cmd: ca.UnshelveAlarm, scene: Scene) -> str:
    return f"{scene.say('取回', 'Take back from the shelf:')} {_named(scene, cmd.key)}"


ALARMS: dict[type, Callable[[Any, Scene], str]] = {
    c.TakeAlarm: _take,
    c.ClearAlarm: _clear,
    ca.ShelveAlarm: _shelve,
    ca.UnshelveAlarm: _unshelve,
}
