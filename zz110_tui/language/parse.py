"""From a typed line to what it means: a command, a question, or what is still missing. Never raises on any input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zz110_tui.core.cleaning import lookalikes, visible
from zz110_tui.core.commands import Command
from zz110_tui.core.decide import decide
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rulebook import Category
from zz110_tui.core.terms import incident_no
from zz110_tui.language.ask import Ask, Halt
from zz110_tui.language.building.builders import BUILDERS
from zz110_tui.language.describing import title
from zz110_tui.language.explaining import no_meaning, no_room, no_value, unknown_field
from zz110_tui.language.guessing import unknown_verb
from zz110_tui.language.helping import explained
from zz110_tui.language.line import LONGEST_LINE, MOST_WORDS, Line, field_of, read_line
from zz110_tui.language.names import typed
from zz110_tui.language.parsed import Choice, Find, Help, Parsed, Query, Show, Status, Study, WhatIf
from zz110_tui.language.previewing import preview
from zz110_tui.language.readers import Asked, read
from zz110_tui.language.reading import Reading
from zz110_tui.language.refusing import refusal_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.seating import Row, Seating, best_seatings, other_seatings
from zz110_tui.language.studying import study_title
from zz110_tui.language.verb import Kind, Slot, Text, Verb
from zz110_tui.language.verbs import verb_names
from zz110_tui.language.whatifwords import whatif_title

__all__ = ["Choice", "Find", "Help", "Parsed", "Query", "Scene", "Show", "Status", "parse"]

STILL_MISSING = frozenset(("disposition_missing", "reason_missing", "place_missing"))
"""Refusals that only mean that the line is not finished."""


def parse(line: str, scene: Scene) -> Parsed:
    """Read a line against a scene. Only a READY result may be sent; anything else says what to do."""
    if len(line) > LONGEST_LINE:
        return Parsed(
            Status.WRONG,
            preview=scene.say(f"这一行有 {len(line)} 字，太长", f"this line has {len(line)} characters: too long"),
            hint=scene.say(f"最多 {LONGEST_LINE} 字：缩短，或分几条备注", f"at most {LONGEST_LINE}: use several notes"),
        )
    try:
        parsed = _parse(line, scene)
    except Halt as halt:
        parsed = halt.parsed
    return replace(
        parsed,
        preview=visible(parsed.preview),
        hint=visible(parsed.hint),
        choices=tuple(Choice(choice.insert, visible(choice.words)) for choice in parsed.choices),
        likely=tuple(Choice(choice.insert, visible(choice.words)) for choice in parsed.likely),
    )


def _parse(raw: str, scene: Scene) -> Parsed:
    names = verb_names(scene.aliases)
    line = read_line(raw, names)
    if line is None:
        hint = scene.say("写命令，如 n 打架 @胜利路x延安路；? 帮助", "type a command, such as n fight @F7; ? for help")
        return Parsed(Status.EMPTY, hint=hint)
    verb = names.get(line.verb.casefold())
    if verb is None:
        return unknown_verb(line, names, scene)
    if _asks(line, verb):
        return Parsed(Status.READY, query=Help(verb.short), preview=explained(verb, scene), verb=verb)
    ask = Ask(scene, verb, line)
    if verb.text is Text.NONE and line.text and not _takes_all(verb):
        ask.wrong(f"{verb.short} 不带文字", f"{verb.short} takes no text", "备注用 nt", "for a note use nt")
    try:
        parsed = _understood(ask)
    except Halt as halt:
        parsed = halt.parsed
    if parsed.status is Status.WRONG and ask.readings:
        return readings(ask)
    return parsed


def _understood(ask: Ask) -> Parsed:
    """The line as its words are seated; raises Halt where it stops short of a command."""
    verb, scene = ask.verb, ask.scene
    fill(ask)
    made = BUILDERS[verb.key](ask)
    if isinstance(made, Find | Show | Help | Study | WhatIf):
        return Parsed(Status.READY, query=made, preview=_question(made, scene), verb=verb)
    if verb.text is Text.MUST and not ask.text:
        ask.missing("在 / 后写明理由或内容", "write the reason or the text after /")
    return replace(_judged(ask, made), likely=tuple(ask.likely), whole=visible(ask.whole))


def readings(ask: Ask) -> Parsed:
    """Each way to read the line with what it would do; those that would be refused come last, with the reason."""
    told = [(line, label, parse(line, ask.scene)) for line, label in ask.readings]
    told.sort(key=lambda one: one[2].status is Status.WRONG)
    colon = ask.say("：", ": ")
    words = [f"{label}{colon}{done.preview}" if done.preview else label for _, label, done in told]
    choices = tuple(Choice(line, said) for (line, _, _), said in zip(told, words, strict=True))
    names = ask.say("，还是", ", or ").join(label for _, label, _ in told)
    said = ask.say(f"指的是{names}？", f"is it {names}?")
    hint = ask.say("选一个，或写得更全", "take one, or write more of it")
    return Parsed(Status.AMBIGUOUS, preview=said, hint=hint, choices=choices, verb=ask.verb)


def _judged(ask: Ask, command: Command) -> Parsed:
    """What the core would say to the command now: shown before Enter."""
    scene = ask.scene
    decision = decide(scene.board, command, scene.who, scene.now, scene.rules)
    if not isinstance(decision, Refusal):
        same = () if decision else (ask.say("本来如此，没有变化", "it is so already: nothing changes"),)
        said = ask.say("；", "; ").join((preview(command, scene), *same, *ask.notes, *_warnings(ask)))
        return Parsed(Status.READY, command, preview=said, hint=ask.say("回车执行", "Enter does it"), verb=ask.verb)
    sentence, remedy = refusal_words(decision, scene)
    if decision.code in STILL_MISSING:
        choices = (
            _dispositions(ask, dict(decision.values).get("incident", ""))
            if decision.code == "disposition_missing"
            else ()
        )
        return Parsed(Status.INCOMPLETE, None, None, sentence, remedy, tuple(choices), ask.verb)
    return Parsed(Status.WRONG, command, None, sentence, remedy, tuple(ask.choices), ask.verb)


def _dispositions(ask: Ask, number: str) -> list[Choice]:
    """How it may have ended. Of what is a crime, what leads on comes before what is settled on the spot."""
    from zz110_tui.config.rulebook import CORE_DISPOSITIONS

    found = [d for d in ask.scene.rules.dispositions.values() if d.code not in CORE_DISPOSITIONS]
    incident = ask.scene.board.incidents.get(int(number) if number.isdecimal() else 0)
    kind = ask.scene.rules.types.get(incident.type) if incident is not None else None
    if kind is not None and kind.category is Category.CRIMINAL:
        found.sort(key=lambda d: d.settled)
    language = ask.scene.language
    return [Choice(ask.line.plus(typed(d, language)), d.words.in_(language)) for d in found]


def _warnings(ask: Ask) -> list[str]:
    """Letters that pass for others: a plate with a Cyrillic А is not the plate it looks like."""
    doubles = lookalikes(f"{' '.join(ask.line.words)} {ask.text}")
    if not doubles:
        return []
    shown = "、".join(f"{letter} (U+{ord(letter):04X}) ≠ {double}" for letter, double in doubles)
    return [ask.say(f"注意易混字符 {shown}", f"look-alike letters {shown}")]


def _question(query: Query, scene: Scene) -> str:
    match query:
        case Find(text):
            return scene.say(f"查找 {text}", f"Find {text}")
        case Show(subject):
            return scene.say("查看 ", "Show ") + title(subject, scene)
        case Study():
            return study_title(query, scene)
        case WhatIf():
            return whatif_title(query, scene)
        case Help(topic):
            return scene.say(f"帮助 {topic}", f"Help {topic}").strip()


def _asks(line: Line, verb: Verb) -> bool:
    """A question mark as the last word asks what the verb does; in the words of a search it is one of them."""
    if verb.key == "help" or line.text is not None or not line.words:
        return False
    return line.words[-1] == "?" and (len(line.words) == 1 or not _takes_all(verb))


def _takes_all(verb: Verb) -> bool:
    """The verb's words are one text: a question."""
    return bool(verb.slots) and verb.slots[0].kind is Kind.RAW and verb.slots[0].bare


# -- words into slots ------------------------------------------------------------------------------------------------


def fill(ask: Ask) -> None:
    """Put every word of the line where it belongs, or stop and say which does not."""
    line, verb = ask.line, ask.verb
    if _takes_all(verb):
        said = " ".join((*line.words, *([line.text] if line.text else [])))
        ask.values = {"q": said} if said else {}
        return
    bare: list[int] = []
    for position, word in enumerate(line.words):
        field, value = field_of(word)
        if field:
            _named(ask, position, field, value)
        else:
            bare.append(position)
    if len(bare) > MOST_WORDS:
        ask.wrong("词太多", "too many words", "文字写在 / 后", "write text after /")
    if bare:
        _seat(ask, bare)


def _named(ask: Ask, position: int, field: str, value: str) -> None:
    slot = ask.verb.slot(field)
    if slot is None:
        unknown_field(ask, field if field.endswith("=") else f"{field}=")
    if not value:
        no_value(ask, slot)
    reading = read(Asked(value, slot, ask.scene, named=True))
    if reading is None:
        no_meaning(ask, position, value, (slot,))
    prefix = "" if slot.kind is Kind.PLACE else f"{field}="
    _take(ask, slot, reading, position, prefix)


def _take(ask: Ask, slot: Slot, reading: Reading, position: int, prefix: str = "") -> None:
    """Keep the value; where several fit, list them."""
    if reading.among:
        word = ask.line.words[position]
        choices = [Choice(ask.line.with_word(position, prefix + typed), words) for typed, words in reading.among]
        ask.ambiguous(f"“{word}”有几个", f"“{word}” may be several", choices)
    if slot.kind is Kind.UNITS:
        ask.values[slot.field] = tuple(dict.fromkeys((*ask.values.get(slot.field, ()), *reading.value)))
    elif slot.field in ask.values and ask.values[slot.field] != reading.value:
        ask.wrong(f"{slot.field}= 写了两次", f"{slot.field}= is given twice", "只写一个", "give one")
    else:
        ask.values[slot.field] = reading.value


def _seat(ask: Ask, bare: Sequence[int]) -> None:
    slots = [slot for slot in ask.verb.slots if slot.bare]
    lone = not any(slot.kind in (Kind.INCIDENT, Kind.UNIT, Kind.UNITS) for slot in slots)
    words = [ask.line.words[position] for position in bare]
    rows = [[read(Asked(word, slot, ask.scene, lone=lone)) for slot in slots] for word in words]
    filled = frozenset(ask.values)
    for position, word, row in zip(bare, words, rows, strict=True):
        if not any(row):
            no_meaning(ask, position, word, slots)
    seatings = best_seatings(rows, slots, filled)
    if not seatings:
        no_room(ask, words)
    lone_word = len(bare) == 1 and len(seatings) == 1
    possible = other_seatings(rows, slots, filled, seatings[0]) if lone_word else seatings
    if len(possible) > 1:
        ask.readings = _explicit(ask, bare, possible, rows, slots)
    if len(seatings) > 1:
        raise Halt(readings(ask))
    for position, row, seat in zip(bare, rows, seatings[0].seats, strict=True):
        reading = row[seat]
        if reading is not None:
            _take(ask, slots[seat], reading, position)


def _explicit(
    ask: Ask, bare: Sequence[int], seatings: Sequence[Seating], rows: Sequence[Row], slots: Sequence[Slot]
) -> list[tuple[str, str]]:
    """Each reading as a line with the field written before each word, so that it can be read one way only; and what the
    words that can be read otherwise then name."""
    unclear = [len({seating.seats[i] for seating in seatings}) > 1 for i in range(len(bare))]
    made: list[tuple[str, str]] = []
    for seating in seatings:
        words, labels = list(ask.line.words), []
        for i, (position, row, seat) in enumerate(zip(bare, rows, seating.seats, strict=True)):
            word, slot = words[position], slots[seat]
            words[position] = f"{slot.field}={word}"
            if unclear[i]:
                labels.append(_named_word(word, slot, row[seat], ask.scene.language))
        made.append((ask.line.only(*words), ask.say("，", ", ").join(labels)))
    return made


def _named_word(word: str, slot: Slot, reading: Reading | None, language: str) -> str:
    """A word with its kind, a number as the board shows it: ``0001`` and ``01`` are told apart where ``1`` is not."""
    value = reading.value if reading is not None else None
    kind = slot.kind
    if kind is Kind.INCIDENT and isinstance(value, int):
        word = incident_no(value)
    elif kind in (Kind.UNITS, Kind.UNIT) and value:
        units = (value,) if isinstance(value, str) else value
        word, kind = ",".join(units), Kind.UNIT if len(units) == 1 else Kind.UNITS
    return f"{_LABEL[kind][language != 'zh']} {word}"


_LABEL: dict[Kind, tuple[str, str]] = {
    Kind.UNITS: ("警力", "units"),
    Kind.UNIT: ("警力", "unit"),
    Kind.INCIDENT: ("警情", "incident"),
    Kind.REPORT: ("接警", "report"),
    Kind.TYPE: ("类别", "type"),
    Kind.DISPOSITION: ("处置结果", "disposition"),
    Kind.RECEIVER: ("移交给", "to"),
    Kind.PRIORITY: ("级别", "priority"),
    Kind.UNTIL: ("到", "until"),
    Kind.PLACE: ("地点", "place"),
    Kind.POST: ("停靠点", "post"),
    Kind.SATISFIED: ("满意", "satisfied"),
    Kind.CHANNEL: ("方式", "channel"),
    Kind.ALARM: ("警报", "alarm"),
    Kind.FLAG: ("是否", "flag"),
    Kind.PACE: ("方式", "pace"),
    Kind.METRES: ("半径", "radius"),
    Kind.PERSON: ("人员", "person"),
    Kind.SEAT: ("席位", "desk"),
    Kind.PAST: ("时间", "time"),
    Kind.RAW: ("文字", "text"),
    Kind.NUMBER: ("问号", "number"),
    Kind.NUMBERS: ("步骤", "steps"),
    Kind.REPLY: ("答复", "reply"),
    Kind.MATTER: ("事务", "matter"),
    Kind.CHOICE: ("种类", "kind"),
    Kind.DESKS: ("席位", "desks"),
    Kind.SQUAD: ("班", "squad"),
    Kind.COUNT: ("数目", "count"),
}
