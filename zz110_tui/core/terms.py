"""The words of the room for every coded value, in Chinese and English: one table for screens, refusals and exports."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind
from zz110_tui.core.desks import Duty, unit_at
from zz110_tui.core.incidents import AssignmentStage, Channel, IncidentStage, ReportEnd, ReportStage, Withdrawal
from zz110_tui.core.intake import Reply
from zz110_tui.core.matters import LETTERS
from zz110_tui.core.rulebook import Category, Words
from zz110_tui.core.terms_matters import MATTER_FACTS, MATTER_TERMS
from zz110_tui.core.units import UnitKind, UnitStatus

TERMS: dict[type[StrEnum], dict[str, Words]] = {
    Channel: {
        "phone": Words("电话", "phone"),
        "sms": Words("短信", "SMS"),
        "web": Words("网上", "web"),
        "wechat": Words("微信", "WeChat"),
        "alarm": Words("一键报警", "alarm button"),
        "map": Words("地图平台", "map"),
        "hotline": Words("12345", "12345"),
        "video": Words("视频", "video"),
        "counter": Words("窗口", "counter"),
        "patrol": Words("巡逻发现", "patrol"),
    },
    ReportStage: {
        "received": Words("待接", "waiting"),
        "answered": Words("已接", "answered"),
        "ended": Words("已结", "ended"),
    },
    ReportEnd: {
        "slip": Words("立警情", "slip opened"),
        "linked": Words("关联", "linked"),
        "advised": Words("咨询", "advised"),
        "invalid": Words("无效", "invalid"),
        "nuisance": Words("骚扰", "nuisance"),
        "abandoned": Words("挂断未接通", "abandoned"),
        "entered_in_error": Words("误录", "entered in error"),
    },
    IncidentStage: {
        "queued": Words("待派", "queued"),
        "dispatched": Words("已派", "dispatched"),
        "signed": Words("签收", "signed"),
        "en_route": Words("出警", "en route"),
        "on_scene": Words("到场", "on scene"),
        "handled": Words("处毕", "handled"),
        "fed_back": Words("已反馈", "fed back"),
        "called_back": Words("已回访", "called back"),
        "closed": Words("办结", "closed"),
    },
    AssignmentStage: {
        "stacked": Words("续派", "stacked"),
        "dispatched": Words("已派", "dispatched"),
        "signed": Words("签收", "signed"),
        "en_route": Words("在途", "en route"),
        "on_scene": Words("到场", "on scene"),
        "cleared": Words("处毕", "cleared"),
        "withdrawn": Words("撤回", "withdrawn"),
    },
    Withdrawal: {
        "stood_down": Words("撤回", "stood down"),
        "exchanged": Words("换警", "exchanged"),
        "pre_empted": Words("抽调", "pre-empted"),
        "out_of_service": Words("退出勤务", "out of service"),
        "incident_ended": Words("警情已结", "incident ended"),
    },
    UnitStatus: {
        "off_duty": Words("下勤", "off duty"),
        "free": Words("空闲", "free"),
        "out_of_service": Words("停用", "out of service"),
    },
    UnitKind: {
        "patrol_response": Words("处警巡逻", "patrol response"),
        "mobile_reserve": Words("机动增援", "mobile reserve"),
        "plain_clothes": Words("便衣抓捕", "plain clothes"),
        "assault_squad": Words("突击小队", "assault squad"),
        "station_unit": Words("派出所", "station unit"),
        "traffic": Words("交警", "traffic"),
        "swat": Words("特警", "SWAT"),
        "armed_police": Words("武警", "armed police"),
        "drone": Words("无人机", "drone"),
        "water_rescue": Words("水上救援", "water rescue"),
        "volunteers": Words("群防群治", "volunteers"),
    },
    AlarmKind: {
        "unanswered": Words("未接", "unanswered"),
        "unfiled": Words("未立单", "no slip yet"),
        "undispatched": Words("待派超时", "undispatched"),
        "hold_over": Words("挂起到时", "hold over"),
        "unsigned": Words("未签收", "unsigned"),
        "not_en_route": Words("未出警", "not en route"),
        "not_arrived": Words("未到场", "not arrived"),
        "no_contact": Words("现场久无联络", "no contact on scene"),
        "unfed_back": Words("未反馈", "feedback due"),
        "emergency": Words("紧急求助", "emergency button"),
        "unread": Words("消息未读", "unread message"),
        "unsigned_order": Words("未签收", "unsigned"),
        "unsupported": Words("未答复", "unanswered"),
        "overdue": Words("到期未办", "overdue"),
        "turn_due": Words("到时换班", "turn due"),
        "notice_end": Words("到期", "notice ends"),
    },
    SubjectKind: {
        "report": Words("接警", "report"),
        "incident": Words("警情", "incident"),
        "unit": Words("警力", "unit"),
        "message": Words("消息", "message"),
        "order": Words("指令", "order"),
        "warning": Words("预警", "warning"),
        "support": Words("支撑请求", "support request"),
        "bolo": Words("布控", "watch notice"),
        "ledger": Words("台账", "ledger entry"),
        "roster": Words("勤务", "roster"),
    },
    Duty: {
        "take": Words("接警", "take"),
        "dispatch": Words("派警", "dispatch"),
        "supervise": Words("指挥", "supervise"),
        "train": Words("教官", "train"),
        "audit": Words("督察", "audit"),
        "admin": Words("管理", "admin"),
        "unit": Words("警力", "unit"),
        "gateway": Words("接口", "gateway"),
        "system": Words("系统", "system"),
    },
    Reply: {
        "yes": Words("是", "yes"),
        "no": Words("否", "no"),
        "unknown": Words("不详", "not known"),
        "skipped": Words("跳过", "skipped"),
        "said": Words("答", "said"),
    },
    Category: {
        "criminal": Words("刑事", "criminal"),
        "public_order": Words("治安", "public order"),
        "dispute_help": Words("纠纷求助", "dispute and help"),
        "other": Words("其他", "other"),
    },
    **MATTER_TERMS,
}

FACTS: dict[str, Words] = {
    "CaughtUp": Words("补录", "entered from paper"),
    "DeskLocked": Words("锁屏", "desk locked"),
    "DeskUnlocked": Words("解锁", "desk unlocked"),
    "DeskFreed": Words("释放席位", "desk freed"),
    "DeskHandedOver": Words("交接班", "handed over"),
    "HandOverRead": Words("交接已阅", "hand-over read"),
    "DataUnmasked": Words("查看明文", "data unmasked"),
    "CityAdopted": Words("换用城市包", "city pack adopted"),
    "DeskOpened": Words("席位上岗", "desk opened"),
    "DeskClosed": Words("席位离岗", "desk closed"),
    "ReportReceived": Words("来警", "received"),
    "ReportAnswered": Words("接起", "answered"),
    "ReportEnded": Words("接警结束", "report ended"),
    "IncidentOpened": Words("立警情", "opened"),
    "IncidentAmended": Words("更正", "corrected"),
    "IncidentHeld": Words("挂起", "put on hold"),
    "IncidentReleased": Words("解除挂起", "released"),
    "IncidentLinked": Words("关联", "linked"),
    "IncidentSplit": Words("拆分", "split"),
    "UnitAssigned": Words("派警", "dispatched"),
    "StackActivated": Words("续派生效", "stacked dispatch begun"),
    "AssignmentAdvanced": Words("进展", "progress"),
    "UnitCleared": Words("警力处毕", "unit cleared"),
    "UnitWithdrawn": Words("警力撤离", "unit withdrawn"),
    "LeadNamed": Words("指定主办", "lead named"),
    "UnitContacted": Words("联络平安", "heard from"),
    "IncidentHandled": Words("处置完毕", "handled"),
    "IncidentTransferred": Words("移交", "transferred"),
    "IncidentFinished": Words("了结", "finished"),
    "IncidentFedBack": Words("反馈", "fed back"),
    "IncidentCalledBack": Words("回访", "called back"),
    "IncidentClosed": Words("办结", "closed"),
    "IncidentReopened": Words("重开", "re-opened"),
    "NoteAdded": Words("备注", "note"),
    "UnitStatusChanged": Words("勤务状态", "status"),
    "UnitPosted": Words("移位", "posted"),
    "AlarmRaised": Words("警报", "alarm"),
    "AlarmTaken": Words("认领警报", "alarm taken"),
    "AlarmCleared": Words("清除警报", "alarm cleared"),
    "AlarmShelved": Words("搁置警报", "alarm shelved"),
    "AlarmUnshelved": Words("取回警报", "alarm back from the shelf"),
    "AlarmRisen": Words("警报升级", "alarm risen"),
    "ShelfRestored": Words("撤销搁置", "shelf as before"),
    "StepUndone": Words("撤销", "undone"),
    "SlipsFiled": Words("归档", "filed"),
    "QuestionAnswered": Words("问询答复", "question answered"),
    "StepTicked": Words("处置步骤", "step ticked"),
    "LinkAttached": Words("附件", "link attached"),
    "PriorityWeighed": Words("按答复定级", "priority by the answers"),
    "UnitFilledIn": Words("补位", "filled in"),
    "RingClosed": Words("围堵", "ring closed"),
    **MATTER_FACTS,
}
"""What happened, in a word or two, by the fact's class; whole lines of a chronology are ``language.saying``'s."""

_BY_NAME = {**{cls.__name__: table for cls, table in TERMS.items()}, "Fact": FACTS}


def term(value: StrEnum, language: str) -> str:
    """The room's word for a coded value."""
    return TERMS[type(value)][value.value].in_(language)


_SPEAKERS: dict[str, Words] = {
    "exchange": Words("总机", "exchange"),
    "trainer": Words("教官", "trainer"),
    "tour": Words("导览", "tour"),
    "above": Words("上级", "command centre"),
    "outside": Words("外单位", "another agency"),
}
"""Who acts where nobody sits at a desk of the room, by the name that stands for it."""


def speaker_words(desk: str, person: str, language: str) -> str:
    """Who did it, as one would say it: ``席位03 李``, ``警力07`` where a unit reported itself, ``总机``."""
    unit, known = unit_at(desk), _SPEAKERS.get(desk)
    if unit:
        return Words(f"警力{unit}", f"unit {unit}").in_(language)
    if known is not None:
        return known.in_(language)
    seat = Words(f"席位{desk}", f"desk {desk}").in_(language) if desk else ""
    return f"{seat} {person}".strip()


def key_of(value: StrEnum) -> str:
    """A language-free reference to a word, for a refusal's values; :func:`word` resolves it."""
    return f"term:{type(value).__name__}.{value.value}"


def key_of_fact(fact: object) -> str:
    """The same for what happened: a reference to the fact's word."""
    return f"term:Fact.{type(fact).__name__}"


def word(text: str, language: str) -> str:
    """Resolve what :func:`key_of` made; any other text stays as it is."""
    if text.startswith("term:"):
        name, _, value = text[5:].partition(".")
        words = _BY_NAME.get(name, {}).get(value)
        if words is not None:
            return words.in_(language)
    if text.startswith("time:") and text[5:].lstrip("-").isdigit():
        seconds = int(text[5:]) // 1000 % 86_400
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d} UTC"
    return text


def incident_no(number: int) -> str:
    """How an incident's number is written everywhere: at least four digits, such as ``0142``."""
    return f"{number:04d}"


def report_no(number: int) -> str:
    """How a report's number is written everywhere: ``r17``."""
    return f"r{number}"


def subject_no(subject: Subject) -> str:
    """How anything on the board is called: ``0142``, ``r17``, ``t12``, ``07``; a name that is none of these as it
    stands."""
    name = subject.id
    if subject.kind is SubjectKind.UNIT or not (name.isascii() and name.isdecimal() and len(name) < 19):
        return name
    if subject.kind is SubjectKind.INCIDENT:
        return incident_no(int(name))
    if subject.kind is SubjectKind.REPORT:
        return report_no(int(name))
    return f"{LETTERS.get(subject.kind, '')}{int(name)}" if subject.kind in LETTERS else ROSTER_NAME


ROSTER_NAME = "roster"
"""What the one roster is called where a name is asked for."""
