"""The core's refusals in the words and the clock of the desk."""

from __future__ import annotations

from zz110_tui.core.refusals import Refusal
from zz110_tui.language.scene import Scene


def refusal_words(no: Refusal, scene: Scene) -> tuple[str, str]:
    """Why not, and what to do instead; times by the room's wall clock."""
    local = by_the_wall_clock(no, scene)
    return local.sentence(scene.language), local.remedy(scene.language)


def by_the_wall_clock(no: Refusal, scene: Scene) -> Refusal:
    """The same refusal with its times written as the room's wall clock shows them."""
    return Refusal(no.code, tuple((name, _clock(text, scene)) for name, text in no.values))


def _clock(text: str, scene: Scene) -> str:
    digits = text[5:].removeprefix("-")
    if not text.startswith("time:") or not (digits.isascii() and digits.isdigit() and len(digits) < 15):
        return text
    return scene.clock(int(text[5:]))
