"""What a dispatcher does every day, key by key: the test presses these keys, the manual shows them with their number.

``python -m tools.everyday_tasks`` writes the tables of docs/desk.md and docs/desk.zh-CN.md again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zz110_tui.core.rulebook import Words

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = {"en": DOCS / "desk.md", "zh": DOCS / "desk.zh-CN.md"}
BEGIN, END = "<!-- keystrokes: python -m tools.everyday_tasks -->", "<!-- end of keystrokes -->"


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is pressed once, by Textual's name."""

    name: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Letters of the desk's language: a verb, a call sign, a number, a blank. Every one is a key."""

    letters: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller or the unit says and somebody has to write down whatever the program is: a place, a name, free
    words. A Chinese character counts as one, as the terminal gets it from the input method."""

    words: Words


Step = Key | Typed | Told


@dataclass(frozen=True, slots=True)
class Task:
    """``most`` is the upper limit of keys beside what is told."""

    name: str
    does: Words
    steps: tuple[Step, ...]
    most: int

    def count(self, language: str) -> tuple[int, int]:
        """All presses, and those beside what is told."""
        told = [is_told for step in self.steps for _, is_told in keys_of(step, language)]
        return len(told), told.count(False)

    def written(self, language: str) -> str:
        """The presses for a reader: keys by name, letters as they are, what is told in angle brackets."""
        return "".join(_written(step, language) for step in self.steps).strip()


def keys_of(step: Step, language: str) -> Iterator[tuple[str, bool]]:
    """Each press in order: the key or the character, and whether it belongs to what is told."""
    match step:
        case Key(name):
            yield name, False
        case Typed(letters):
            yield from ((letter, False) for letter in letters)
        case Told(words):
            yield from ((letter, True) for letter in words.in_(language))


def _written(step: Step, language: str) -> str:
    match step:
        case Key(name):
            return f" {_KEYS.get(name) or '+'.join(part.capitalize() for part in name.split('+'))} "
        case Typed(letters):
            return f"`{letters}`"
        case Told(words):
            return f"‹{words.in_(language)}›"


_KEYS = {"pagedown": "PgDn", "pageup": "PgUp"}
_ENTER = Key("enter")
_HOSPITAL = Told(Words("zzyy", "zzyy"))

TASKS = (
    Task(
        "take_and_send",
        Words("接起报警，立抢劫警情，派最快的警力", "answer, open a robbery, send the fastest unit"),
        (
            Key("ctrl+n"), Key("f2"), Typed("@"), _HOSPITAL, Typed(" /"),
            Told(Words("有人持刀抢包", "robbed of her bag")), Key("tab"), _ENTER, Key("f8"),
        ),
        8,
    ),
    Task(
        "link_second_caller",
        Words("又有人报同一件事：接起，并入", "a second caller for the same thing: answer, link"),
        (Key("ctrl+n"), Key("f2"), Typed("@"), _HOSPITAL, Key("ctrl+d")),
        4,
    ),
    Task(
        "report_progress",
        Words("03 报出警，后报到场", "03 reports on its way, then there"),
        (Typed("er 3"), _ENTER, Typed("os 3"), _ENTER),
        10,
    ),
    Task(
        "exchange",
        Words("07 换下 03", "07 takes over from 03"),
        (Typed("x 3 7"), _ENTER),
        6,
    ),
    Task(
        "pre_empt",
        Words("从较轻的警情抽调 03 给最急的", "take 03 from a lesser call for the newest one"),
        (Typed("pre 3 ^"), _ENTER),
        8,
    ),
    Task(
        "transfer",
        Words("移交 12345，写明理由", "transfer to 12345, with the reason"),
        (Typed("tr 12345 /"), Told(Words("占道经营", "street stall")), _ENTER),
        11,
    ),
    Task(
        "clear",
        Words("处毕：结果调解，一句话", "clear with a disposition and a sentence"),
        (Typed("cl tj /"), Told(Words("双方和解", "both agreed")), _ENTER),
        8,
    ),
    Task(
        "close",
        Words("反馈、回访满意、办结", "feedback, call-back, close"),
        (Typed("fb"), _ENTER, Typed("cb y"), _ENTER, Typed("cls"), _ENTER),
        12,
    ),
    Task(
        "find_yesterday",
        Words("找昨天某处的警情并打开", "find yesterday's call at a place and open it"),
        (Key("f6"), Told(Words("漳州医院", "漳州医院")), _ENTER, _ENTER),
        3,
    ),
    Task("fill_in", Words("采纳补位建议", "accept the proposed fill-in"), (Key("ctrl+f"),), 1),
    Task("take_alarm", Words("认领最急的警报", "take the most urgent alarm"), (Key("f7"),), 1),
    Task(
        "message",
        Words("发消息给 03、07", "send words to 03 and 07"),
        (Typed("msg 3,7 /"), Told(Words("往北跑", "ran north")), _ENTER),
        10,
    ),
    Task(
        "order",
        Words("下达护学指令给 03", "order 03 to guard a school"),
        (Typed("ord hx 3 @"), Told(Words("zzyz", "zzyz")), _ENTER),
        11,
    ),
    Task(
        "note",
        Words("给所选警情写备注", "a note on the selected call"),
        (Key("f9"), Told(Words("报警人在门口等", "the caller waits at the gate")), _ENTER),
        2,
    ),
    Task("undo", Words("撤销上一步", "take the last step back"), (Key("ctrl+down"),), 1),
    Task(
        "hand_over",
        Words("交出席位，留一句话", "hand the desk over with a note"),
        (
            Typed("ho "), Told(Words("王", "Wang")), Typed(" /"),
            Told(Words("0001 等法医", "0001 waits for the doctor")), _ENTER,
        ),
        6,
    ),
)  # fmt: skip

_HEADS = {
    "en": "| task | keys, what is told in ‹ › | all keys | beside what is told |",
    "zh": "| 事情 | 按键，‹ › 中是要记的话 | 总按键 | 其中话以外 |",
}


def table(language: str) -> str:
    """The table of the manual, in Markdown."""
    rows = [_HEADS[language], "|---|---|--:|--:|"]
    for task in TASKS:
        every, beside = task.count(language)
        shown = re.sub(r" {2,}", " ", task.written(language))
        rows.append(f"| {task.does.in_(language)} | {shown} | {every} | {beside} |")
    return "\n".join(rows)


def with_table(page: str, language: str) -> str:
    """The page of the manual with its table as it should be. Raises ValueError where it has no place for one."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no {BEGIN} … {END} in the page")
    return f"{before}{BEGIN}\n{table(language)}\n{END}{after}"


def main() -> None:
    for language, path in PAGES.items():
        path.write_text(with_table(path.read_text("utf-8"), language), "utf-8")


if __name__ == "__main__":
    main()
