"""The tables of legal moves of matters. As in ``transitions``: what is not here is refused, and the diagram in the
documentation is drawn from it."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.ledger import LedgerStage
from zz110_tui.core.messages import MessageStage
from zz110_tui.core.notices import BoloStage, WarningStage
from zz110_tui.core.orders import LIVE_ERRAND, ErrandStage
from zz110_tui.core.supports import SupportStage
from zz110_tui.core.transitions import Table, table


class MessageMove(StrEnum):
    READ = "read"
    READ_BY_ALL = "read_by_all"


class ErrandMove(StrEnum):
    SIGN = "sign"
    SET_OUT = "set_out"
    ARRIVE = "arrive"
    FINISH = "finish"
    WITHDRAW = "withdraw"


class WarningMove(StrEnum):
    SIGN = "sign"
    CHECK = "check"
    SUPERVISE = "supervise"
    FEED_BACK = "feed_back"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class BoloMove(StrEnum):
    SIGHT = "sight"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class SupportMove(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    PROVIDE = "provide"
    CLOSE = "close"


class LedgerMove(StrEnum):
    ASSIGN = "assign"
    SETTLE = "settle"
    HOLDS = "holds"
    BREAKS = "breaks"
    """The follow-up finds that it does not hold."""
    CLOSE = "close"


MESSAGE: Table[MessageStage, MessageMove] = table(
    {
        (MessageStage.SENT, MessageMove.READ): MessageStage.SENT,
        (MessageStage.SENT, MessageMove.READ_BY_ALL): MessageStage.READ,
    }
)

_E = ErrandStage
ERRAND: Table[ErrandStage, ErrandMove] = table(
    {
        (_E.ISSUED, ErrandMove.SIGN): _E.SIGNED,
        # As on a call, a unit may say by radio that it is under way, or there, without having signed first.
        (_E.ISSUED, ErrandMove.SET_OUT): _E.EN_ROUTE,
        (_E.ISSUED, ErrandMove.ARRIVE): _E.ON_SCENE,
        (_E.SIGNED, ErrandMove.SET_OUT): _E.EN_ROUTE,
        (_E.SIGNED, ErrandMove.ARRIVE): _E.ON_SCENE,
        (_E.EN_ROUTE, ErrandMove.ARRIVE): _E.ON_SCENE,
        # Some orders are carried out where the unit stands: signed is enough to be done.
        (_E.SIGNED, ErrandMove.FINISH): _E.DONE,
        (_E.EN_ROUTE, ErrandMove.FINISH): _E.DONE,
        (_E.ON_SCENE, ErrandMove.FINISH): _E.DONE,
        **{(stage, ErrandMove.WITHDRAW): _E.WITHDRAWN for stage in LIVE_ERRAND},
    }
)

_W = WarningStage
_WM = WarningMove
_WARNING_OPEN = (_W.PUSHED, _W.SIGNED, _W.CHECKED, _W.SUPERVISED)
WARNING: Table[WarningStage, WarningMove] = table(
    {
        (_W.PUSHED, _WM.SIGN): _W.SIGNED,
        (_W.PUSHED, _WM.CHECK): _W.CHECKED,
        (_W.SIGNED, _WM.CHECK): _W.CHECKED,
        (_W.CHECKED, _WM.CHECK): _W.CHECKED,
        (_W.CHECKED, _WM.SUPERVISE): _W.SUPERVISED,
        # A supervisor who is not content has it checked again.
        (_W.SUPERVISED, _WM.CHECK): _W.CHECKED,
        (_W.CHECKED, _WM.FEED_BACK): _W.FED_BACK,
        (_W.SUPERVISED, _WM.FEED_BACK): _W.FED_BACK,
        **{(stage, _WM.WITHDRAW): _W.WITHDRAWN for stage in _WARNING_OPEN},
        **{(stage, _WM.EXPIRE): _W.EXPIRED for stage in _WARNING_OPEN},
    }
)

BOLO: Table[BoloStage, BoloMove] = table(
    {
        (BoloStage.STANDING, BoloMove.SIGHT): BoloStage.STANDING,
        (BoloStage.STANDING, BoloMove.WITHDRAW): BoloStage.WITHDRAWN,
        (BoloStage.STANDING, BoloMove.EXPIRE): BoloStage.EXPIRED,
    }
)

_S = SupportStage
_SM = SupportMove
SUPPORT: Table[SupportStage, SupportMove] = table(
    {
        (_S.ASKED, _SM.ACCEPT): _S.ACCEPTED,
        (_S.ASKED, _SM.DECLINE): _S.DECLINED,
        (_S.ACCEPTED, _SM.DECLINE): _S.DECLINED,
        (_S.ACCEPTED, _SM.PROVIDE): _S.PROVIDED,
        (_S.PROVIDED, _SM.PROVIDE): _S.PROVIDED,
        (_S.PROVIDED, _SM.CLOSE): _S.CLOSED,
    }
)

_L = LedgerStage
_LM = LedgerMove
LEDGER: Table[LedgerStage, LedgerMove] = table(
    {
        (_L.FOUND, _LM.ASSIGN): _L.ASSIGNED,
        (_L.ASSIGNED, _LM.ASSIGN): _L.ASSIGNED,
        # What was mediated where it was found needs nobody to be assigned.
        (_L.FOUND, _LM.SETTLE): _L.SETTLED,
        (_L.ASSIGNED, _LM.SETTLE): _L.SETTLED,
        (_L.SETTLED, _LM.HOLDS): _L.FOLLOWED_UP,
        (_L.SETTLED, _LM.BREAKS): _L.ASSIGNED,
        (_L.FOLLOWED_UP, _LM.BREAKS): _L.ASSIGNED,
        (_L.FOLLOWED_UP, _LM.CLOSE): _L.CLOSED,
    }
)
