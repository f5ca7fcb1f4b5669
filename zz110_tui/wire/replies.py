"""What a core's replies say, as a desk takes them: every word from outside cleaned."""

from __future__ import annotations

from zz110_tui.core.answers import Answer
from zz110_tui.core.cleaning import clean
from zz110_tui.core.refusals import SENTENCES, Refusal
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.veiling import Caller
from zz110_tui.wire import frames
from zz110_tui.wire.asking import Page
from zz110_tui.wire.codec import decode_entry
from zz110_tui.wire.frames import Unreadable


def answer_of(frame: frames.Answer) -> Answer:
    """Raises Unreadable or Trouble for one that cannot be read."""
    entries = tuple(decode_entry(bytes(raw)) for raw in frame.entries)
    refusal = None if frame.refusal is None else _refusal(frame.refusal)
    told = tuple(Caller(one.report, clean(one.caller), clean(one.contact)) for one in frame.told)
    return Answer(frame.id, frame.position, entries, refusal, told)


def trouble_of(frame: frames.Trouble | frames.Untold) -> Trouble:
    return Trouble(clean(frame.title), clean(frame.cause), clean(frame.remedy), exit_code=frame.exit_code)


def page_of(frame: frames.Told | frames.Untold) -> Page | Trouble:
    """A page of the past, or why there is none."""
    return trouble_of(frame) if isinstance(frame, frames.Untold) else Page(tuple(map(bytes, frame.items)), frame.next)


def _refusal(said: frames.RefusalFrame) -> Refusal:
    """Raises Unreadable for one that this desk could not put into words."""
    refusal = Refusal(said.code, tuple((name, clean(text)) for name, text in said.values))
    if said.code not in SENTENCES:
        raise Unreadable(f"unknown refusal {said.code!a}")
    try:
        for language in ("zh", "en"):
            refusal.sentence(language)
            refusal.remedy(language)
    except (KeyError, ValueError, IndexError, AttributeError) as fault:
        raise Unreadable(f"the refusal {said.code} lacks a value") from fault
    return refusal
