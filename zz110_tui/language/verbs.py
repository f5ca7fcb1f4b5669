"""THE verb table: everything that can be typed, bound to a key, scripted or injected.

Short, long, Chinese and pinyin names; what the line may hold; examples that the tests parse. Help, completion and
docs/language.md are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from zz110_tui.core.rulebook import Words
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.verb import Fits, Group, Kind, Slot, Text, Verb
from zz110_tui.language.verbs_alarms import ALARMS
from zz110_tui.language.verbs_cover import COVER_ASKING, COVER_SENDING
from zz110_tui.language.verbs_intake import INTAKE
from zz110_tui.language.verbs_matters import (
    BOLO,
    CAUGHT,
    DUE,
    EVERY,
    LEDGER,
    MATTER_VERBS,
    MESSAGE,
    ORDER,
    RESULT,
    SUPPORT,
    WARNING,
    matter,
)
from zz110_tui.language.verbs_seats import SEATS

_REPORT = Slot("r", Kind.REPORT)
_UNITS = Slot("u", Kind.UNITS, wanted=True)
_ONE_UNIT = Slot("u", Kind.UNIT, wanted=True)
_TYPE = Slot("t", Kind.TYPE)
_PLACE = Slot("at", Kind.PLACE)
_PRIORITY = Slot("p", Kind.PRIORITY)
_CALLER = (
    Slot("ch", Kind.CHANNEL, bare=False),
    Slot("c", Kind.RAW, bare=False),
    Slot("tel", Kind.RAW, bare=False),
    Slot("src", Kind.RAW, bare=False),
)


def _incident(fits: Fits, *, wanted: bool = True) -> Slot:
    return Slot("i", Kind.INCIDENT, wanted=wanted, fits=fits)


_INTO = Slot("to", Kind.INCIDENT, wanted=True, fits=Fits.LIVE)
_SEND = (_UNITS, _incident(Fits.OPEN), Slot("stack", Kind.FLAG, bare=False))

_TAKING = (
    Verb(
        "report", "rp", "report", "来电", "laidian", Group.TAKING,
        Words("登记一个待接的报警", "enter a contact that waits for an answer"),
        (Slot("ch", Kind.CHANNEL), _PLACE, *_CALLER[1:]), Text.MAY, ("接入", "jieru"),
        ("rp 微信 @胜利路x延安路 tel=13912342207 / 有人打架", "rp phone c=李先生 / 听不清"),
    ),
    Verb(
        "answer", "a", "answer", "接警", "jiejing", Group.TAKING,
        Words("接起等得最久的报警，或指明的一个", "answer the report that has waited longest, or the one named"),
        (Slot("r", Kind.REPORT, fits=Fits.WAITING),), Text.NONE, ("接", "jie"),
        ("a", "a r17", "接 17"),
    ),
    Verb(
        "new", "n", "new", "新警", "xinjing", Group.TAKING,
        Words("立警情：本席位接起的报警，或新的一个", "open a slip: for the report this desk answered, or a new one"),
        (_REPORT, Slot("t", Kind.TYPE, wanted=True), Slot("at", Kind.PLACE, wanted=True), _PRIORITY, *_CALLER),
        Text.MAY, ("新", "立警", "lijing"),
        ("n 打架 @胜利路x延安路 / 两人持刀", "n dj at=F7 p=1", "新警 r17 入室盗窃 @水仙大街118号"),
    ),
    Verb(
        "advise", "adv", "advise", "咨询", "zixun", Group.TAKING,
        Words("解答后结束，不派警", "end with advice, nobody sent"),
        (_REPORT, _incident(Fits.OPEN, wanted=False)), Text.MAY, (),
        ("adv r17 / 已告知户籍窗口电话", "咨询 142 / 已解答"),
    ),
    Verb(
        "invalid", "inv", "invalid", "无效", "wuxiao", Group.TAKING,
        Words("结束为无效报警", "end as invalid"),
        (_REPORT, _incident(Fits.OPEN, wanted=False)), Text.MAY, (),
        ("inv r17 / 误拨", "无效 142"),
    ),
    Verb(
        "nuisance", "nui", "nuisance", "骚扰", "saorao", Group.TAKING,
        Words("结束为骚扰报警", "end as nuisance"),
        (_REPORT, _incident(Fits.OPEN, wanted=False)), Text.MAY, (),
        ("nui r17", "骚扰 r17 / 第三次"),
    ),
    Verb(
        "abandon", "ab", "abandon", "挂断", "guaduan", Group.TAKING,
        Words("对方挂断，未接通", "the caller rang off before anybody spoke"),
        (_REPORT,), Text.MAY, (),
        ("ab r17 / 回拨无人接听",),
    ),
)  # fmt: skip

_SENDING = (
    Verb(
        "dispatch", "d", "dispatch", "派警", "paijing", Group.SENDING,
        Words("派警；不写警力则派推荐的", "send units; without any, the recommended ones"),
        _SEND, Text.MAY, ("派", "pai"),
        ("d 3,7 42 / 嫌疑人持刀，注意安全", "d 42 3 7", "d 142", "派 03 07 0142", "d u=3-5 i=142", "d 07 42 stack=yes"),
    ),
    Verb(
        "dispatch_en_route", "de", "dispatch-enroute", "派出警", "paichujing", Group.SENDING,
        Words("派警，警力已在途", "send units that are already on their way"),
        _SEND, Text.MAY, examples=("de 03 142",),
    ),
    Verb(
        "dispatch_on_scene", "do", "dispatch-onscene", "派到场", "paidaochang", Group.SENDING,
        Words("派警，警力已在现场", "send units that are already there"),
        _SEND, Text.MAY, examples=("do 07 142",),
    ),
    Verb(
        "exchange", "x", "exchange", "换警", "huanjing", Group.SENDING,
        Words("换警：后者接替前者；都在办案则互换", "the second unit takes over from the first; both busy: they swap"),
        (_ONE_UNIT, Slot("to", Kind.UNIT, wanted=True)), Text.MAY, (),
        ("x 03 07 / 03 车辆故障",),
    ),
    Verb(
        "pre_empt", "pre", "preempt", "抽调", "choudiao", Group.SENDING,
        Words("从较轻的警情抽调警力", "take a unit from a lesser incident"),
        (_ONE_UNIT, _incident(Fits.OPEN)), Text.MAY, (),
        ("pre 07 142 / 持刀",),
    ),
    Verb(
        "lead", "ld", "lead", "主办", "zhuban", Group.SENDING,
        Words("指定主办警力", "name the leading unit"),
        (_ONE_UNIT, _incident(Fits.WORKING, wanted=False)), examples=("lead 07 142",),
    ),
)  # fmt: skip

_PROGRESS = (
    Verb(
        "sign", "ack", "sign", "签收", "qianshou", Group.PROGRESS,
        Words(
            "签收警情、指令、预警；消息已读；受理支撑",
            "units have signed a call, an order, a warning; a message was read",
        ),
        (_UNITS, _incident(Fits.WORKING, wanted=False), matter(MESSAGE, ORDER, WARNING, SUPPORT)), Text.MAY, (),
        ("ack 07", "签收 3,7", "ack 07 t12", "ack s2 / 马上调取"),
    ),
    Verb(
        "en_route", "er", "enroute", "出警", "chujing", Group.PROGRESS,
        Words("警力出警在途", "units are on their way"),
        (_UNITS, _incident(Fits.WORKING, wanted=False), matter(ORDER)), examples=("er 07", "er 3,7 142"),
    ),
    Verb(
        "on_scene", "os", "onscene", "到场", "daochang", Group.PROGRESS,
        Words("警力到场、到位；预警已现场核查", "units have arrived; a warning was checked on the spot"),
        (_UNITS, _incident(Fits.WORKING, wanted=False), matter(ORDER, WARNING)), Text.MAY, (),
        ("os 07", "os 142", "os w5 / 车辆不在"),
    ),
    Verb(
        "contact", "ok", "contact", "平安", "pingan", Group.PROGRESS,
        Words("现场警力报平安", "a unit on scene was heard from, all well"),
        (_UNITS,), examples=("ok 07",),
    ),
    Verb(
        "clear", "cl", "clear", "处毕", "chubi", Group.PROGRESS,
        Words(
            "处置完毕，最后的警力写处置结果；指令完成；台账已化解",
            "units are done, the last gives the disposition; an order is done",
        ),
        (
            Slot("u", Kind.UNITS), _incident(Fits.ON_SCENE, wanted=False), Slot("d", Kind.DISPOSITION),
            matter(ORDER, LEDGER), RESULT, CAUGHT, DUE,
        ),
        Text.MAY, (),
        ("cl 07 调解 / 双方和解", "cl 142 mediated", "处毕 03 142", "cl t12 res=yes ct=2 / 抓获两人", "cl e5 / 已和解"),
    ),
    Verb(
        "available", "av", "available", "空闲", "kongxian", Group.PROGRESS,
        Words("撤回警力，或恢复执勤", "stand units down, or bring them back into service"),
        (_UNITS, _incident(Fits.WORKING, wanted=False), matter(ORDER)), Text.MAY, ("撤回", "chehui"),
        ("av 07", "av 142 / 不再需要", "av 07 t12 / 另有任务"),
    ),
    Verb(
        "out_of_service", "oos", "out-of-service", "停用", "tingyong", Group.PROGRESS,
        Words("警力退出勤务，要写理由", "units fall out of service, with the reason"),
        (_UNITS,), Text.MUST, (), ("oos 07 / 车辆故障",),
    ),
    Verb(
        "on_duty", "on", "on-duty", "上勤", "shangqin", Group.PROGRESS,
        Words("警力上勤", "units come on duty"),
        (_UNITS,), Text.MAY, (), ("on 1-15", "on *"),
    ),
    Verb(
        "off_duty", "off", "off-duty", "下勤", "xiaqin", Group.PROGRESS,
        Words("警力下勤", "units go off duty"),
        (_UNITS,), Text.MAY, (), ("off 07",),
    ),
    Verb(
        "move", "mv", "move", "停靠", "tingkao", Group.PROGRESS,
        Words("警力移到停靠点", "send a unit to a post"),
        (_ONE_UNIT, Slot("to", Kind.POST), _PLACE), Text.NONE, ("移动", "yidong"), ("mv 04 @E6",),
    ),
)  # fmt: skip

_SLIP = (
    Verb(
        "hold", "h", "hold", "挂起", "guaqi", Group.SLIP,
        Words("待派警情挂起到某时，要写理由", "let a queued incident wait until a time, with the reason"),
        (_incident(Fits.QUEUED), Slot("until", Kind.UNTIL)), Text.MUST, (),
        ("h 142 10m / 等报警人到家", "hold 142 14:30 / 约定时间"),
    ),
    Verb(
        "release", "rel", "release", "解挂", "jiegua", Group.SLIP,
        Words("解除挂起", "end a hold"), (_incident(Fits.HELD),), examples=("rel 142",),
    ),
    Verb(
        "raise", "up", "raise", "升级", "shengji", Group.SLIP,
        Words("警情升一级，或升到 p=", "raise the priority by one, or to p="),
        (_incident(Fits.OPEN), _PRIORITY), examples=("up 142", "up 142 p=1"),
    ),
    Verb(
        "lower", "dn", "lower", "降级", "jiangji", Group.SLIP,
        Words("警情降一级，或降到 p=", "lower the priority by one, or to p="),
        (_incident(Fits.OPEN), _PRIORITY), examples=("dn 142",),
    ),
    Verb(
        "amend", "am", "amend", "更正", "gengzheng", Group.SLIP,
        Words("更正类别、地点、级别或文字", "correct type, place, priority or text"),
        (_incident(Fits.OPEN), _TYPE, _PLACE, _PRIORITY), Text.MAY, (),
        ("am 142 t=盗窃", "am 142 @F7 p=2", "更正 142 / 三人，无刀"),
    ),
    Verb(
        "note", "nt", "note", "备注", "beizhu", Group.SLIP,
        Words("给警情写备注；u= 写明来自哪个警力", "add a note; u= says which unit it came from"),
        (_incident(Fits.LIVE), Slot("u", Kind.UNIT), matter(*EVERY)), Text.MUST, (),
        ("nt 142 / 报警人已在门口等", "nt 142 u=07 / 嫌疑人往北跑"),
    ),
    Verb(
        "link", "lk", "link", "关联", "guanlian", Group.SLIP,
        Words("前一警情或报警并入后一警情", "the first incident or report is the same thing as the second"),
        (_REPORT, _incident(Fits.OPEN, wanted=False), _INTO, _PLACE, *_CALLER[:3]),
        Text.MAY, (), ("link 143 142", "link r17 142", "link r=new 142 tel=13912342207 / 又有一人报"),
    ),
    Verb(
        "split", "sp", "split", "拆分", "chaifen", Group.SLIP,
        Words("关联错了，重新单列", "a linked incident is one of its own after all"),
        (_incident(Fits.LINKED),), examples=("split 143",),
    ),
    Verb(
        "transfer", "tr", "transfer", "移交", "yijiao", Group.SLIP,
        Words("移交给有权部门，要写理由", "hand over to who is competent, with the reason"),
        (_incident(Fits.OPEN), Slot("to", Kind.RECEIVER, wanted=True)), Text.MUST, (), ("tr 142 12345 / 占道经营",),
    ),
)  # fmt: skip

_ENDING = (
    Verb(
        "feed_back", "fb", "feedback", "反馈", "fankui", Group.ENDING,
        Words("反馈单：可重新定类", "the feedback slip, which may re-classify"),
        (
            _incident(Fits.HANDLED), _TYPE, matter(WARNING, SUPPORT, BOLO), RESULT,
            Slot("u", Kind.UNIT, bare=False), Slot("at", Kind.PLACE),
        ),
        Text.MAY, (),
        ("fb 142 盗窃 / 财物已追回", "fb 142", "fb w5 res=yes / 车已扣", "fb b3 u=07 @F7 / 见到该车"),
    ),
    Verb(
        "call_back", "cb", "callback", "回访", "huifang", Group.ENDING,
        Words("回访：满意或不满意", "call-back: satisfied or not"),
        (_incident(Fits.FED_BACK), Slot("ok", Kind.SATISFIED, wanted=True), matter(LEDGER)), Text.MAY, (),
        ("cb 142 满意", "cb 142 不满意 / 等了太久", "cb e5 满意"),
    ),
    Verb(
        "close", "cls", "close", "办结", "banjie", Group.ENDING,
        Words("警情办结；支撑办结；台账销账", "close the slip; a support request; a ledger entry"),
        (_incident(Fits.CLOSABLE), matter(SUPPORT, LEDGER), RESULT), Text.MAY, (), ("close 142", "close s2 res=yes"),
    ),
    Verb(
        "reopen", "ro", "reopen", "重开", "chongkai", Group.ENDING,
        Words("重开警情，要写理由", "re-open a slip, with the reason"),
        (_incident(Fits.ENDED),), Text.MUST, (), ("reopen 142 / 又打起来",),
    ),
    Verb(
        "cancel", "can", "cancel", "销警", "xiaojing", Group.ENDING,
        Words(
            "报警人撤销；撤回指令、预警、布控；不予支撑",
            "called off: a call; an order, a warning, a notice; support declined",
        ),
        (_incident(Fits.OPEN), matter(ORDER, WARNING, BOLO, SUPPORT)), Text.MAY, ("取消", "quxiao"),
        ("can 142 / 报警人称已自行解决", "can t12 / 任务取消"),
    ),
)  # fmt: skip

_ROOM = (
    *ALARMS,
    Verb(
        "undo", "u", "undo", "撤销", "chexiao", Group.ROOM,
        Words("撤销本席位上一步", "take back this desk's last step"),
        (Slot("q", Kind.RAW),), examples=("undo",),
    ),
)  # fmt: skip

_ASKING = (
    Verb(
        "find", "fd", "find", "查找", "chazhao", Group.ASKING,
        Words("查找警情（含已归档）、报警、警力、地点", "find incidents, filed ones too, reports, units, places"),
        (Slot("q", Kind.RAW, wanted=True),), Text.NONE, ("查", "cha"),
        ("find 打架", "查找 2207", "find 昨天 江滨公园", "find u=03 11-20..11-25"),
    ),
    Verb(
        "show", "s", "show", "查看", "chakan", Group.ASKING,
        Words(
            "查看警情、报警、警力、事务；查阅预警、布控留痕",
            "show anything; a look at a warning or a notice is recorded",
        ),
        (Slot("u", Kind.UNIT), _incident(Fits.ANY, wanted=False), _REPORT, matter(*EVERY)), Text.MAY, (),
        ("show 142", "s r17", "s u=07", "s t12", "s b3 / 核对车牌"),
    ),
    Verb(
        "help", "?", "help", "帮助", "bangzhu", Group.ASKING,
        Words("帮助：全部、某一命令，或一张表", "help: all, one verb, or a table"),
        (Slot("q", Kind.RAW),), examples=("?", "? d", "help types"),
    ),
)  # fmt: skip

VERBS: tuple[Verb, ...] = (
    *_TAKING, *INTAKE, *_SENDING, *COVER_SENDING, *_PROGRESS, *_SLIP, *_ENDING,
    *MATTER_VERBS, *_ROOM, *SEATS, *_ASKING, *COVER_ASKING,
)  # fmt: skip

BY_KEY: dict[str, Verb] = {verb.key: verb for verb in VERBS}


def verb_index(aliases: Mapping[str, str] | None = None) -> dict[str, Verb]:
    """Every name a line may begin with, lower case -> its verb, an agency's own names among them.

    Raises Trouble when two verbs have the same name, or an alias names no verb.
    """
    index: dict[str, Verb] = {}
    for verb in VERBS:
        for name in verb.names:
            _claim(index, name, verb)
    for alias, target in (aliases or {}).items():
        meant = BY_KEY.get(target) or index.get(target.casefold())
        if meant is None:
            raise Trouble(
                f"The alias {alias!r} is for no verb.",
                f"There is no verb {target!r}.",
                "Correct [aliases] in the configuration; zz110 do '?' lists the verbs.",
                exit_code=2,
            )
        _claim(index, alias, meant)
    return index


def verb_names(aliases: Mapping[str, str]) -> dict[str, Verb]:
    """The same, kept, for every keystroke. A clash was an error at start-up: here the aliases are then passed over."""
    return _verb_names(tuple(sorted(aliases.items())))


@lru_cache(maxsize=8)
def _verb_names(aliases: tuple[tuple[str, str], ...]) -> dict[str, Verb]:
    try:
        return verb_index(dict(aliases))
    except Trouble:
        return verb_index()


def _claim(index: dict[str, Verb], name: str, verb: Verb) -> None:
    key = name.casefold()
    holder = index.setdefault(key, verb)
    if holder is not verb or not key or any(letter.isspace() or letter in '@=/"' for letter in key):
        raise Trouble(
            f"The verb name {name!r} cannot be used.",
            f"It is the name of {holder.key}."
            if holder is not verb
            else 'It is empty or holds a blank or one of @ = / ".',
            "Choose another alias in [aliases] of the configuration.",
            exit_code=2,
        )
