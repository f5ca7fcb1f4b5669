"""Completion: what the word at the cursor could become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from zz110_tui.config.rulebook import CORE_DISPOSITIONS
from zz110_tui.core.cleaning import visible
from zz110_tui.core.decisions.roster import roster_of
from zz110_tui.core.incidents import Channel
from zz110_tui.core.terms import incident_no, report_no, subject_no, term
from zz110_tui.language.helping import TOPICS
from zz110_tui.language.line import LONGEST_LINE, field_of, quoted, read_line
from zz110_tui.language.matterwords import matter_words, names_of, open_matters
from zz110_tui.language.names import Named, cached_index, typed
from zz110_tui.language.placewords import MOST_CHOICES, find
from zz110_tui.language.readers import Asked, alarm_words, read
from zz110_tui.language.reading import fitting, fitting_reports
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import unit_choice
from zz110_tui.language.usage import slot_words
from zz110_tui.language.verb import Kind, Slot, Verb
from zz110_tui.language.verbs import verb_names
from zz110_tui.language.words import area, incident_choice, listed, report

MOST_COMPLETIONS = 12
MOST_OF_EACH = 5
"""While nothing is typed yet, every slot shows a few of what it takes."""
_WORD = re.compile(r'(?:"[^"]*"?|“[^”]*”?|\S)*$')
_LIST = re.compile(r"(.*[,、])([^,、]*)", re.DOTALL)
Offer = tuple[str, str]
"""What to type, and words."""


@dataclass(frozen=True, slots=True)
class Completion:
    """``line`` with the word at the cursor completed, the ``cursor`` after it, the ``word`` alone, what it means."""

    line: str
    cursor: int
    word: str
    words: str


def complete(line: str, cursor: int, scene: Scene) -> tuple[Completion, ...]:
    """Ways to finish the word before the cursor, the likeliest first; none inside free text. Never raises."""
    cursor = max(0, min(cursor, len(line)))
    left, right = line[:cursor], line[cursor:]
    if len(line) > LONGEST_LINE:
        return ()
    names = verb_names(scene.aliases)
    before = read_line(left, names)
    if before is not None and before.text is not None:
        return ()
    match = _WORD.search(left)
    word = match[0] if match else ""
    head = left[: len(left) - len(word)]
    if not head.strip():
        offers: Iterable[Offer] = _verbs(word, names, scene)
    else:
        verb = names.get(before.verb.casefold()) if before else None
        offers = _words(word, head, verb, scene) if verb else ()
    return tuple(_completions(offers, head, right))


def _completions(offers: Iterable[Offer], head: str, right: str) -> Iterator[Completion]:
    seen: set[str] = set()
    for word, words in offers:
        if word in seen:
            continue
        seen.add(word)
        blank = "" if right.startswith(" ") or word.endswith("=") or word == "@" else " "
        done = f"{head}{word}{blank}"
        yield Completion(done + right, len(done), word, visible(words))
        if len(seen) == MOST_COMPLETIONS:
            return


def _verbs(word: str, names: dict[str, Verb], scene: Scene) -> Iterator[Offer]:
    """One name for each verb: the one that was begun, the shortest way to type it first."""
    folded = word.casefold()
    for verb in dict.fromkeys(names.values()):
        own = [name for name, meant in names.items() if meant is verb]
        begun = [name for name in own if name.startswith(folded)]
        if begun:
            yield begun[0], f"{verb.zh} {verb.does.in_(scene.language)}"


def _words(word: str, head: str, verb: Verb, scene: Scene) -> Iterator[Offer]:
    field, value = field_of(word)
    if word.startswith("@"):
        yield from _places(value, scene)
        return
    if field:
        slot = verb.slot(field)
        prefix = word[: len(word) - len(value)]
        for typed_, words in _offers(value, slot, verb, scene) if slot else ():
            yield prefix + typed_.removeprefix(f"{field}="), words
        return
    taken = _taken(head, verb, scene)
    # What is still empty comes first; another unit may always follow.
    left = [slot for slot in verb.slots if slot.field not in taken]
    left += [slot for slot in verb.slots if slot.field in taken and slot.kind is Kind.UNITS]
    each = MOST_COMPLETIONS if len(left) == 1 or word else MOST_OF_EACH
    for slot in left:
        if slot.bare and slot.kind is not Kind.PLACE:
            yield from islice(_offers(word, slot, verb, scene), each)
        elif not word:
            yield ("@" if slot.kind is Kind.PLACE else f"{slot.field}="), slot_words(slot).in_(scene.language)


def _taken(head: str, verb: Verb, scene: Scene) -> set[str]:
    """The slots that earlier words of the line fill already, as far as they can be told."""
    line = read_line(head)
    taken: set[str] = set()
    for word in line.words if line else ():
        field, _ = field_of(word)
        if field:
            taken.add(field)
            continue
        for slot in verb.slots:
            if slot.bare and slot.field not in taken and read(Asked(word, slot, scene)) is not None:
                taken.add(slot.field)
                break
    return taken


def _offers(word: str, slot: Slot, verb: Verb, scene: Scene) -> Iterable[Offer]:
    if slot.kind is Kind.RAW:
        return _topics(word, scene) if verb.key == "help" else ()
    make = _OFFERS.get(slot.kind)
    return make(word, slot, scene) if make else ()


def _units(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    """Free units first; in a list, what follows the last comma."""
    several = _LIST.fullmatch(word) if slot.kind is Kind.UNITS else None
    before, begun = (several[1], several[2]) if several else ("", word)
    folded = begun.casefold()
    units = scene.board.units
    fits = [s for s in units if s.casefold().startswith(folded) or s.casefold().endswith(folded)]
    for sign in sorted(fits, key=lambda s: (not units[s].available, not s.casefold().startswith(folded))):
        yield before + sign, unit_choice(scene, sign)


def _incidents(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    digits = word.removeprefix("#")
    for known in fitting(scene, slot.fits):
        number = incident_no(known.number)
        if not digits or number.endswith(digits) or str(known.number).startswith(digits):
            yield number, f"{number} {incident_choice(scene, known)}"


def _reports(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    for known in fitting_reports(scene, slot.fits):
        if report_no(known.number).startswith(word.casefold()):
            yield report_no(known.number), report(scene, known)


def _entries(entries: Mapping[str, Named], word: str, scene: Scene) -> Iterator[Offer]:
    index = cached_index(entries)
    codes = dict.fromkeys((*index.exact(word), *index.unfinished(word))) if word else dict.fromkeys(entries)
    for code in codes:
        if code not in CORE_DISPOSITIONS:
            entry = entries[code]
            yield typed(entry, scene.language), f"{entry.words.in_(scene.language)} {entry.code}"


def _places(begun: str, scene: Scene) -> Iterator[Offer]:
    if scene.gazetteer is None or not begun:
        return
    for match in find(scene.gazetteer, begun.strip('"“”')[:120])[:MOST_CHOICES]:
        yield f"@{quoted(match.place.text)}", f"{match.place.text} {area(scene, match.place)}"


def _place_field(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    return ((typed[1:], words) for typed, words in _places(word, scene))


def _posts(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    folded = word.casefold()
    for post in scene.gazetteer.city.posts if scene.gazetteer else ():
        spellings = (post.id, post.name.text, post.name.pinyin, post.name.initials)
        if any(s.casefold().startswith(folded) for s in spellings if s):
            yield post.id, post.name.text


def _alarms(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    for alarm in sorted(scene.board.alarms.values(), key=lambda a: (bool(a.owner), a.priority, a.since, a.key)):
        if alarm.key.startswith(word) or (alarm.subject.id.endswith(word) and word):
            yield alarm.key, alarm_words(scene, alarm.key)


def _fixed(*offers: tuple[str, str, str]) -> Callable[[str, Slot, Scene], Iterator[Offer]]:
    """A few words that are always the same: what to type, and what it means in Chinese and in English."""

    def make(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
        return ((typed, scene.say(zh, en)) for typed, zh, en in offers if typed.startswith(word.casefold()))

    return make


def _channels(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    for channel in Channel:
        words = term(channel, scene.language)
        if channel.value.startswith(word.casefold()) or words.startswith(word):
            yield (words if scene.language == "zh" else channel.value), words


def _matters(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    for matter in open_matters(scene, *slot.of):
        name = subject_no(matter.subject)
        if name.startswith(word.casefold()):
            yield name, matter_words(matter, scene)


def _choices(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    for value in slot.among or ():
        if any(name.casefold().startswith(word.casefold()) for name in names_of(value)):
            words = term(value, scene.language)
            yield (words if scene.language == "zh" else value.value), words


def _desks(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    for desk in scene.board.desks.values():
        if desk.id.casefold().startswith(word.casefold()) and desk.id != scene.desk:
            yield desk.id, f"{scene.say('席位', 'desk ')}{desk.id} {desk.person}"


def _squads(word: str, slot: Slot, scene: Scene) -> Iterator[Offer]:
    for squad in roster_of(scene.board).squads:
        if squad.name.startswith(word):
            yield squad.name, listed(squad.units, scene.language)


def _topics(word: str, scene: Scene) -> Iterator[Offer]:
    for topic, words in TOPICS.items():
        if topic.startswith(word.casefold()):
            yield topic, words.in_(scene.language)


_OFFERS: dict[Kind, Callable[[str, Slot, Scene], Iterator[Offer]]] = {
    Kind.UNITS: _units,
    Kind.UNIT: _units,
    Kind.INCIDENT: _incidents,
    Kind.REPORT: _reports,
    Kind.TYPE: lambda word, slot, scene: _entries(scene.rules.types, word, scene),
    Kind.DISPOSITION: lambda word, slot, scene: _entries(scene.rules.dispositions, word, scene),
    Kind.RECEIVER: lambda word, slot, scene: _entries(scene.rules.receivers, word, scene),
    Kind.PLACE: _place_field,
    Kind.POST: _posts,
    Kind.ALARM: _alarms,
    Kind.PRIORITY: _fixed(*((f"p={n}", f"{n}级", f"priority {n}") for n in range(1, 5))),
    Kind.UNTIL: _fixed(("10m", "10 分钟", "10 minutes"), ("30m", "30 分钟", "30 minutes"), ("1h", "1 小时", "1 hour")),
    Kind.SATISFIED: _fixed(("满意", "满意", "satisfied"), ("不满意", "不满意", "not satisfied")),
    Kind.PACE: _fixed(("foot", "步行", "on foot"), ("bike", "骑车", "by bike"), ("car", "驾车", "by car")),
    Kind.METRES: _fixed(("m=500", "500 米", "500 m"), ("m=1000", "1000 米", "1000 m")),
    Kind.FLAG: _fixed(("yes", "是", "yes"), ("no", "否", "no")),
    Kind.CHANNEL: _channels,
    Kind.REPLY: _fixed(("y", "是", "yes"), ("n", "否", "no"), ("dk", "不详", "not known"), ("skip", "跳过", "skipped")),
    Kind.MATTER: _matters,
    Kind.CHOICE: _choices,
    Kind.DESKS: _desks,
    Kind.SQUAD: _squads,
}
