"""The words of the room for the coded values of matters, in Chinese and English; ``terms`` has the whole table."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.ledger import LedgerKind, LedgerStage
from zz110_tui.core.messages import MessageStage, ReaderKind
from zz110_tui.core.notices import About, BoloStage, WarningStage
from zz110_tui.core.orders import ErrandStage, OrderKind, OrderStage
from zz110_tui.core.rulebook import Words
from zz110_tui.core.supports import SupportKind, SupportStage

_ERROR = Words("误录", "entered in error")
_ERRAND = {
    "issued": Words("已下达", "issued"),
    "signed": Words("签收", "signed"),
    "en_route": Words("在途", "en route"),
    "on_scene": Words("到位", "in place"),
    "done": Words("完成", "done"),
    "withdrawn": Words("撤回", "withdrawn"),
}

MATTER_TERMS: dict[type[StrEnum], dict[str, Words]] = {
    MessageStage: {"sent": Words("未读", "unread"), "read": Words("已读", "read"), "entered_in_error": _ERROR},
    ReaderKind: {"desk": Words("席位", "desk"), "unit": Words("警力", "unit")},
    OrderKind: {
        "command": Words("指挥指令", "command order"),
        "joint_ops": Words("合成作战", "joint operations"),
        "patrol_check": Words("巡逻盘查", "patrol check"),
        "standing_post": Words("定点亮灯", "standing post"),
        "school_guard": Words("护学", "school guard"),
    },
    ErrandStage: _ERRAND,
    OrderStage: {**_ERRAND, "entered_in_error": _ERROR},
    About: {
        "event": Words("事件", "event"),
        "place": Words("地点", "place"),
        "vehicle": Words("车辆", "vehicle"),
        "object": Words("物品", "object"),
        "wanted": Words("在逃人员", "wanted person"),
        "missing": Words("失踪人员", "missing person"),
        "in_danger": Words("遇险人员", "person in danger"),
    },
    WarningStage: {
        "pushed": Words("已推送", "pushed"),
        "signed": Words("签收", "signed"),
        "checked": Words("已核查", "checked"),
        "supervised": Words("已督导", "supervised"),
        "fed_back": Words("已反馈", "fed back"),
        "withdrawn": Words("撤销", "withdrawn"),
        "expired": Words("到期", "expired"),
        "entered_in_error": _ERROR,
    },
    BoloStage: {
        "standing": Words("布控中", "standing"),
        "withdrawn": Words("撤控", "withdrawn"),
        "expired": Words("到期", "expired"),
        "entered_in_error": _ERROR,
    },
    SupportKind: {
        "lead": Words("线索", "lead"),
        "people": Words("警力", "people"),
        "drone": Words("无人机", "drone"),
        "video": Words("视频", "video"),
        "data": Words("数据", "data"),
        "other": Words("其他", "other"),
    },
    SupportStage: {
        "asked": Words("待答复", "asked"),
        "accepted": Words("已受理", "accepted"),
        "provided": Words("已支撑", "provided"),
        "closed": Words("办结", "closed"),
        "declined": Words("不予支撑", "declined"),
        "entered_in_error": _ERROR,
    },
    LedgerKind: {"dispute": Words("纠纷", "dispute"), "hazard": Words("隐患", "hazard")},
    LedgerStage: {
        "found": Words("发现", "found"),
        "assigned": Words("已交办", "assigned"),
        "settled": Words("已化解", "settled"),
        "followed_up": Words("已回访", "followed up"),
        "closed": Words("销账", "closed"),
        "entered_in_error": _ERROR,
    },
}

GRADES = {
    1: Words("红色", "red"),
    2: Words("橙色", "orange"),
    3: Words("黄色", "yellow"),
    4: Words("蓝色", "blue"),
}
"""The grades of a warning."""

MATTER_FACTS: dict[str, Words] = {
    "MessageSent": Words("发消息", "message sent"),
    "MessageRead": Words("已读", "read"),
    "OrderIssued": Words("下达指令", "order issued"),
    "OrderAdvanced": Words("指令进展", "order progress"),
    "ErrandDone": Words("警力完成指令", "unit's part done"),
    "ErrandWithdrawn": Words("警力撤出指令", "unit taken off"),
    "OrderDone": Words("指令完成", "order done"),
    "WarningPushed": Words("推送预警", "warning pushed"),
    "WarningSigned": Words("签收预警", "warning signed"),
    "WarningChecked": Words("现场核查", "checked on the spot"),
    "WarningSupervised": Words("督导", "supervised"),
    "WarningFedBack": Words("预警反馈", "warning fed back"),
    "SupportAsked": Words("请求支撑", "support asked"),
    "SupportAccepted": Words("受理支撑", "support accepted"),
    "SupportProvided": Words("已支撑", "support provided"),
    "SupportClosed": Words("支撑办结", "support closed"),
    "BoloPutOut": Words("布控", "watch notice put out"),
    "NoticeLookedAt": Words("查阅", "looked at"),
    "BoloSighted": Words("发现目标", "sighting"),
    "NoticeExpired": Words("到期自动失效", "ended by itself"),
    "LedgerOpened": Words("立台账", "ledger entry opened"),
    "LedgerAssigned": Words("交办", "assigned"),
    "LedgerSettled": Words("化解", "settled"),
    "LedgerFollowedUp": Words("台账回访", "followed up"),
    "LedgerClosed": Words("销账", "ledger entry closed"),
    "RosterSet": Words("编班", "roster set"),
    "TurnBegun": Words("换班", "turn begun"),
    "MatterWithdrawn": Words("撤回", "withdrawn"),
    "MatterNoted": Words("备注", "note"),
    "MattersRestored": Words("事务恢复", "matters restored"),
    "MattersFiled": Words("事务归档", "matters filed"),
}
