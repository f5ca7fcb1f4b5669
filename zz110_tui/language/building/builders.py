"""For each verb, what makes its command or question from a line that has been taken apart."""

from __future__ import annotations

from collections.abc import Callable

from zz110_tui.core.commands import Command
from zz110_tui.language.ask import Ask
from zz110_tui.language.building import covering, intake, progress, room, sending, slips, taking
from zz110_tui.language.parsed import Query

Builder = Callable[[Ask], Command | Query]

BUILDERS: dict[str, Builder] = {
    "report": taking.receive,
    "answer": taking.answer,
    "new": taking.open_slip,
    "advise": taking.advise,
    "invalid": taking.invalid,
    "nuisance": taking.nuisance,
    "abandon": taking.abandon,
    "question": intake.answer_question,
    "step": intake.tick_steps,
    "weigh": intake.weigh,
    "dispatch": sending.dispatch,
    "dispatch_en_route": sending.dispatch_en_route,
    "dispatch_on_scene": sending.dispatch_on_scene,
    "exchange": sending.exchange,
    "pre_empt": sending.pre_empt,
    "lead": sending.name_lead,
    "sign": progress.sign,
    "en_route": progress.set_out,
    "on_scene": progress.arrive,
    "contact": progress.contact,
    "clear": progress.clear,
    "available": progress.available,
    "out_of_service": progress.out_of_service,
    "on_duty": progress.on_duty,
    "off_duty": progress.off_duty,
    "move": progress.move,
    "hold": slips.hold,
    "release": slips.release,
    "raise": slips.raise_priority,
    "lower": slips.lower_priority,
    "amend": slips.amend,
    "note": slips.note,
    "link": slips.link,
    "split": slips.split,
    "transfer": slips.transfer,
    "feed_back": slips.feed_back,
    "call_back": slips.call_back,
    "close": slips.close,
    "reopen": slips.reopen,
    "cancel": slips.cancel,
    "emergency": room.emergency,
    "take": room.take_alarm,
    "clear_alarm": room.clear_alarm,
    "undo": room.undo,
    "find": room.find,
    "show": room.show,
    "help": room.ask_help,
    "together": covering.together,
    "fill": covering.fill,
    "seal": covering.seal,
    "recommend": covering.recommendation,
    "why": covering.why,
    "cover": covering.cover,
    "ring": covering.ring,
    "area": covering.area,
}
