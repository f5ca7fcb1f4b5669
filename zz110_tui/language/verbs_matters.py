"""The verbs about matters: messages, orders, warnings, support requests, watch notices, the ledger, the roster.

Their later steps have no verbs of their own: ``ack``, ``er``, ``os``, ``cl``, ``fb``, ``close``, ``can``, ``nt`` mean
the same for an order ``t12`` as for a call.
"""

from __future__ import annotations

from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.notices import About
from zz110_tui.core.orders import OrderKind
from zz110_tui.core.rulebook import Words
from zz110_tui.core.supports import SupportKind
from zz110_tui.language.verb import Fits, Group, Kind, Slot, Text, Verb

MESSAGE, ORDER, WARNING = SubjectKind.MESSAGE, SubjectKind.ORDER, SubjectKind.WARNING
SUPPORT, BOLO, LEDGER = SubjectKind.SUPPORT, SubjectKind.BOLO, SubjectKind.LEDGER
EVERY = (MESSAGE, ORDER, WARNING, SUPPORT, BOLO, LEDGER)


def matter(*of: SubjectKind) -> Slot:
    """The place of a matter's number."""
    return Slot("no", Kind.MATTER, of=of)


RESULT = Slot("res", Kind.FLAG, bare=False)
CAUGHT = Slot("ct", Kind.COUNT, bare=False)
DUE = Slot("until", Kind.UNTIL, bare=False)
_AT = Slot("at", Kind.PLACE)
_P = Slot("p", Kind.PRIORITY)
_BY = Slot("who", Kind.RAW, bare=False)
_ABOUT = Slot("i", Kind.INCIDENT, bare=False, fits=Fits.LIVE)
_WARRANT = (Slot("case", Kind.RAW, bare=False), Slot("basis", Kind.RAW, bare=False), _BY, Slot("until", Kind.UNTIL))

MATTER_VERBS = (
    Verb(
        "message", "msg", "message", "消息", "xiaoxi", Group.MATTERS,
        Words("发消息给警力、席位，须确认已读", "send words to units and desks, to be acknowledged as read"),
        (Slot("u", Kind.UNITS), Slot("i", Kind.INCIDENT, fits=Fits.LIVE), Slot("to", Kind.DESKS, bare=False), _P),
        Text.MUST, ("发消息", "faxiaoxi"),
        ("msg 3,7 / 嫌疑人往北跑", "msg to=04 p=1 / 请接 0142", "msg * / 台风预警，注意路面"),
    ),
    Verb(
        "read", "rd", "read", "已读", "yidu", Group.MATTERS,
        Words(
            "消息已读：本席位最早未读的，或指明的；u= 警力已读",
            "a message was read: this desk's oldest, or the one named",
        ),
        (matter(MESSAGE), Slot("u", Kind.UNIT)), Text.NONE, (), ("rd", "rd m3", "rd m3 07"),
    ),
    Verb(
        "order", "ord", "order", "指令", "zhiling", Group.MATTERS,
        Words(
            "下达指令：指挥、合成作战、巡逻盘查、定点亮灯、护学",
            "order units: command, joint operations, patrol, post, school",
        ),
        (Slot("k", Kind.CHOICE, among=OrderKind), Slot("u", Kind.UNITS, wanted=True), _AT, _P, DUE),
        Text.MAY, ("下令", "xialing"),
        ("ord 护学 3 @F7 until=08:00", "ord joint_ops 7 / 抓捕，听合成作战室指挥", "指令 巡逻盘查 3,7 @胜利路x延安路"),
    ),
    Verb(
        "warning", "wn", "warn", "预警", "yujing", Group.MATTERS,
        Words(
            "推送预警，须签收、现场核查、反馈；到期自动失效",
            "push a graded warning, to be signed, checked on the spot, fed back",
        ),
        (Slot("k", Kind.CHOICE, wanted=True, among=About), Slot("u", Kind.UNIT, wanted=True), _AT, _P, *_WARRANT),
        Text.MUST, (),
        ("warn 车辆 3 p=1 @F7 case=漳公刑2026-12 basis=刑诉法 who=王局 until=2d / 闽E12345 白色轿车，涉盗窃",),
    ),
    Verb(
        "supervise", "sv", "supervise", "督导", "dudao", Group.MATTERS,
        Words("督导预警的核查", "a supervisor looks at how a warning was checked"),
        (matter(WARNING),), Text.MUST, (), ("sv w5 / 核查到位",),
    ),
    Verb(
        "support", "sup", "support", "支撑", "zhicheng", Group.MATTERS,
        Words(
            "单位请求支撑：线索、警力、无人机、视频、数据",
            "a station asks for help: lead, people, drone, video, data",
        ),
        (Slot("k", Kind.CHOICE, among=SupportKind), _ABOUT, _AT, _P, _BY), Text.MUST, (),
        ("sup 视频 who=东铺头所 @F7 / 调取今晨监控", "sup lead who=新桥所 / 电诈窝点线索"),
    ),
    Verb(
        "bolo", "bo", "bolo", "布控", "bukong", Group.MATTERS,
        Words(
            "布控：要案号、依据、批准人、截止；每次查阅留痕",
            "a watch notice: case, basis, approver, end; each look is recorded",
        ),
        (Slot("k", Kind.CHOICE, wanted=True, among=About), _AT, _P, *_WARRANT), Text.MUST, (),
        ("bolo 车辆 case=漳公刑2026-12 basis=刑诉法 who=王局 until=7d / 闽E12345 白色轿车",),
    ),
    Verb(
        "ledger", "led", "ledger", "台账", "taizhang", Group.MATTERS,
        Words("纠纷、隐患立台账；写编号则交办 who= 单位", "open a ledger entry; with its number, assign it to who="),
        (Slot("k", Kind.CHOICE, among=LedgerKind), matter(LEDGER), _AT, _ABOUT, _P, _BY, DUE), Text.MAY, (),
        ("led 纠纷 @水仙大街118号 / 邻里噪音，多次报警", "led e5 who=新桥所 until=3d"),
    ),
    Verb(
        "roster", "ros", "roster", "编班", "bianban", Group.MATTERS,
        Words(
            "编班：班名和警力；turns= 每天几轮；不写则看勤务",
            "a squad and its units; turns= a day; alone it shows the roster",
        ),
        (Slot("sq", Kind.SQUAD), Slot("u", Kind.UNITS), Slot("turns", Kind.COUNT, bare=False)),
        Text.NONE, ("勤务", "qinwu"),
        ("ros 一班 1-3 turns=5", "ros"),
    ),
    Verb(
        "turn", "tn", "turn", "换班", "huanban", Group.MATTERS,
        Words("换班：下一班上勤，其余空闲警力下勤", "the next squad comes on, idle units of the others go off"),
        (Slot("sq", Kind.SQUAD),), Text.NONE, (), ("turn", "turn 二班"),
    ),
)  # fmt: skip
