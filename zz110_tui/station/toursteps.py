"""The tour as data: what is taught, what to do, why, and what has happened when a step is done.

What to do is written once: the instruction on the screen is made from it, in both languages and with the keys of the
keymap that is on, and a test follows exactly that instruction through the whole tour.

``{n}`` is the number of the tour's incident, ``{u}`` the unit that is on it.
"""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core.facts_intake import QuestionAnswered
from zz110_tui.core.incidents import AssignmentStage, ReportEnd
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Words
from zz110_tui.station import tourboard
from zz110_tui.station.tourboard import Holds
from zz110_tui.station.ui import Page

# -- what to do --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say:
    """A line to type, and Enter. Without ``enter`` it is only typed. ``unless`` the board shows that already."""

    line: Words
    enter: bool = True
    unless: Holds | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """The key that says a line under the keymap that is on; the line itself to be typed where none does. ``unless`` the
    board shows that already."""

    line: str
    unless: Holds | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A key that is the same under every keymap."""

    key: str


Do = Say | Bound | Press

# -- what is then so ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of this desk, since the step began, with these values."""

    kind: type
    values: tuple[tuple[str, object], ...] = ()

    def is_met(self, fact: f.Fact) -> bool:
        return isinstance(fact, self.kind) and all(getattr(fact, name) == value for name, value in self.values)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page is on the screen."""

    page: Page


@dataclass(frozen=True, slots=True)
class Stands:
    """The board shows it: what ``so`` of the step says, however that came about."""


Done = Fact | Shown | Stands


@dataclass(frozen=True, slots=True)
class Step:
    """``rings``: a caller whose call begins the step. ``on_the_way`` are facts that belong to the step without ending
    it; anything else that is done meanwhile is said to be something else. ``ground`` is what the board has to show for
    the step to be possible; ``so``, where it can be told, what it shows when the step is done."""

    name: str
    title: Words
    why: Words
    do: tuple[Do, ...]
    done: Done
    rings: Words | None = None
    on_the_way: tuple[type, ...] = ()
    ground: Holds = tourboard.anything
    so: Holds | None = None


def _same(line: str) -> Words:
    return Words(line, line)


CALL = Words("夜宵摊有人打架，两个人，有刀", "people fighting at a food stall, two of them, a knife")
AGAIN = Words("同一处又有人报：还在打", "another caller, the same place: they are still at it")

STEPS: tuple[Step, ...] = (
    Step(
        "help",
        Words("命令行", "The line"),
        Words(
            "光标永远在最下面一行，字都落在那里；问号就是帮助。",
            "The cursor never leaves the lowest line: letters always land there. A question mark is help.",
        ),
        (Say(_same("?")),),
        Shown(Page.HELP),
    ),
    Step(
        "back",
        Words("返回", "Back"),
        Words("Esc 总是退回一步：先清命令行，再关页。", "Esc always goes back by one: first the line, then the page."),
        (Press("escape"),),
        Shown(Page.DESK),
    ),
    Step(
        "answer",
        Words("接警", "Answer"),
        Words(
            "有电话进来：左上“待接警”多了一行，钟在走。接起等得最久的一个。",
            "The telephone: a row under To answer, and its clock runs. Answer the one that waits longest.",
        ),
        (Bound("a"),),
        Stands(),
        rings=CALL,
        on_the_way=(f.ReportAnswered,),
        so=tourboard.answered,
    ),
    Step(
        "open",
        Words("立警情", "Open the slip"),
        Words(
            "类别、@地点、斜线后写情况。打的同时上面两行说明回车会做什么。",
            "Type, @place, and after a slash the words. The two rows above the line say what Enter will do.",
        ),
        (Say(Words("n 打架 @F7 / 两人，有刀", "n fight @F7 / two, a knife")),),
        Fact(f.IncidentOpened),
        on_the_way=(f.ReportEnded,),
        ground=tourboard.answered,
    ),
    Step(
        "ask",
        Words("问询要点", "The questions"),
        Words(
            "按类别要问的都列在警情页上。答“有凶器”，级别自动升高，经过里有依据。",
            "What to ask stands on the slip. A weapon: the priority rises by itself, and the chronology says why.",
        ),
        (Say(Words("q 4 y i={n} / 水果刀", "q 4 y i={n} / a fruit knife")),),
        Fact(QuestionAnswered, (("question", "weapon"),)),
        ground=tourboard.opened,
    ),
    Step(
        "send",
        Words("派警", "Send"),
        Words(
            "推荐的警力已按到达时间排好，这个键派第一个；也可写 d 3,7 42。",
            "Units are ranked by arrival; this key sends the first to the selected slip. Or name them: d 3,7 42.",
        ),
        (Bound("d ."),),
        Fact(f.UnitAssigned),
        ground=tourboard.opened,
        so=tourboard.sent,
    ),
    Step(
        "signed",
        Words("警力签收、出警", "Signed, on the way"),
        Words(
            "警力报什么就写什么，号写末位即可；右边一栏随之变。",
            "What a unit reports is one line; the tail of its number is enough. The column of units follows.",
        ),
        (Say(_same("ack {u}"), unless=tourboard.signed), Say(_same("er {u}"))),
        Fact(f.AssignmentAdvanced, (("stage", AssignmentStage.EN_ROUTE),)),
        on_the_way=(f.AssignmentAdvanced,),
        ground=tourboard.sent,
        so=tourboard.on_the_way,
    ),
    Step(
        "twice",
        Words("又有人报同一件事", "A second caller"),
        Words(
            "先接起，再照说的打；还没打完，下面就列出疑似同一警情和理由，一个键并入。",
            "Answer and type what is said: before you are done it is offered as perhaps the same. One key links it.",
        ),
        (
            Bound("a", unless=tourboard.answered),
            Say(Words("n 打架 @F7 / 还在打", "n fight @F7 / still fighting"), enter=False),
            Bound(":link-likely"),
        ),
        Fact(f.ReportEnded, (("end", ReportEnd.LINKED),)),
        rings=AGAIN,
        on_the_way=(f.ReportAnswered, f.NoteAdded),
        ground=tourboard.on_the_way,
    ),
    Step(
        "page",
        Words("警情页", "The page of a slip"),
        Words(
            "问询、清单、推荐、此处旧警、经过都在一页；↓ 选，回车把命令放到命令行。",
            "Questions, checklist, units, earlier calls here: one page. Down chooses, Enter puts its line ready.",
        ),
        (Say(_same("s i={n}")),),
        Shown(Page.DETAIL),
        ground=tourboard.on_the_way,
    ),
    Step(
        "map",
        Words("地图", "The map"),
        Words(
            "警力是号，警情是级别数字；字母和数字给出方格，@F7 就是这样写的。",
            "Units are numbers, slips the digit of their priority. Letters and numbers name a cell: @F7.",
        ),
        (Bound(":pane map"),),
        Shown(Page.MAP),
        ground=tourboard.on_the_way,
    ),
    Step(
        "there",
        Words("到场", "There"),
        Words(
            "到场时间是两只钟的终点：从接报、从派警。",
            "Arrival ends two clocks: since the call was received, and since the unit was sent.",
        ),
        (Say(_same("os {u}")),),
        Fact(f.AssignmentAdvanced, (("stage", AssignmentStage.ON_SCENE),)),
        ground=tourboard.on_the_way,
        so=tourboard.there,
    ),
    Step(
        "alarm",
        Words("警报", "An alarm"),
        Words(
            "现场求助：警报是一行，留到原因消失。这里由你替警力按一次，再认领。",
            "The unit calls for help: an alarm is a row, and stays until its cause is gone. Raise it, then take it.",
        ),
        (Say(_same("sos {u}"), unless=tourboard.called_for_help), Bound(":take-alarm")),
        Fact(f.AlarmTaken),
        on_the_way=(f.AlarmRaised,),
        ground=tourboard.there,
    ),
    Step(
        "calm",
        Words("清警报", "End the alarm"),
        Words(
            "紧急求助不会自己消失，要有人写明理由清除。",
            "An emergency never goes away by itself: somebody ends it, and says why.",
        ),
        (Say(Words("clr {u} / 误触，已联系", "clr {u} / by mistake, heard from")),),
        Fact(f.AlarmCleared),
        ground=tourboard.called_for_help,
    ),
    Step(
        "undo",
        Words("撤销", "Undo"),
        Words(
            "写错了不要紧：先写一条备注，再撤销。撤销也记在经过里。",
            "A mistake costs nothing: write a note, then take it back. The taking back is on record too.",
        ),
        (Say(Words("nt {n} / 写错了", "nt {n} / a mistake")), Say(_same("u"))),
        Fact(f.StepUndone),
        on_the_way=(f.NoteAdded,),
        ground=tourboard.there,
    ),
    Step(
        "clear",
        Words("处置完毕", "Cleared"),
        Words(
            "最后一个警力写处置结果；不写就列出来选。",
            "The last unit says how it ended; leave it out, and the ways are listed.",
        ),
        (Say(Words("cl {u} 调解 / 双方和解", "cl {u} mediated / both agreed")),),
        Fact(f.IncidentHandled),
        on_the_way=(f.UnitCleared,),
        ground=tourboard.there,
        so=tourboard.handled,
    ),
    Step(
        "end",
        Words("反馈、回访、办结", "Feedback, call-back, closed"),
        Words(
            "一起警情走到办结才算完；列表里“待反馈”沉在下面，但不会丢。",
            "A slip is done when it is closed. What waits for feedback sinks in the list, and is never lost.",
        ),
        (
            Say(_same("fb {n}"), unless=tourboard.fed_back),
            Say(Words("cb {n} 满意", "cb {n} yes"), unless=tourboard.called_back),
            Say(_same("close {n}")),
        ),
        Fact(f.IncidentClosed),
        on_the_way=(f.IncidentFedBack, f.IncidentCalledBack),
        ground=tourboard.handled,
        so=tourboard.closed,
    ),
    Step(
        "find",
        Words("查找", "Find"),
        Words(
            "词、警情号、电话末四位、昨天：都能查；数字打开一条。",
            "Words, a number, the last digits of a telephone, yesterday: all are found. A digit opens one.",
        ),
        (Say(Words("find 打架", "find fight")),),
        Shown(Page.FOUND),
        ground=tourboard.closed,
    ),
    Step(
        "menu",
        Words("菜单", "The menu"),
        Words(
            "想不起来就看菜单：所有命令和键都在，再按数字到任何屏幕。",
            "When you forget: the menu has every command with its key, and a digit goes to any screen.",
        ),
        (Bound(":menu"),),
        Shown(Page.MENU),
    ),
)
