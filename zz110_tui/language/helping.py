"""Help, made from the verb table and the rulebook: it cannot say anything that is not so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zz110_tui.config.rulebook import CORE_DISPOSITIONS
from zz110_tui.core.cleaning import visible
from zz110_tui.core.rulebook import IncidentType, TurnOut, Words
from zz110_tui.core.terms import term
from zz110_tui.language.names import Named, cached_index
from zz110_tui.language.scene import Scene
from zz110_tui.language.usage import GROUP_WORDS, slot_words, usage
from zz110_tui.language.verb import FIELDS, Group, Verb
from zz110_tui.language.verbs import VERBS, verb_names
from zz110_tui.language.words import listed, priority_words

TOPICS: dict[str, Words] = {
    "types": Words("警情类别表", "the incident types"),
    "dispositions": Words("处置结果表", "the dispositions"),
    "receivers": Words("移交去向表", "the receivers of transfers"),
    "places": Words("地点的写法", "how places are written"),
    "fields": Words("字段名", "the names of fields"),
}
"""What help can be asked for, beside verbs and incident types."""

_TABLE_OF_VERB = {
    "new": "types",
    "amend": "types",
    "feed_back": "types",
    "clear": "dispositions",
    "transfer": "receivers",
}
_TOPIC_NAMES = {"类别": "types", "处置结果": "dispositions", "去向": "receivers", "地点": "places", "字段": "fields"}

GRAMMAR = Words(
    "命令 [警力…] [警情] [字段=值…] [/ 文字]",
    "verb [unit…] [incident] [field=value…] [/ free text]",
)

PLACES = (
    Words(
        "@漳州医院 @zhangzhouyiyuan @zzyy  名称、拼音、首字母",
        "@漳州医院 @zhangzhouyiyuan @zzyy  name, pinyin, initials",
    ),
    Words("@胜利路x延安路  两路交叉", "@胜利路x延安路  a crossing"),
    Words("@水仙大街118号  门牌", "@水仙大街118号  a house number"),
    Words("@F7  地图方格；@117.65,24.51  经度,纬度", "@F7  a map cell; @117.65,24.51  longitude,latitude"),
    Words("@~小李的店  照原话记录，不定位", "@~小李的店  as it was said, not on the map"),
    Words('@"有空格 的名称"  加引号', '@"a name with blanks"  in quotes'),
)


def help_text(topic: str, scene: Scene) -> str:
    """Help about everything, a verb, a table, or an incident type; ready to be drawn, with line ends."""
    return "\n".join(visible(line) for line in _lines(topic.strip(), scene))


def _lines(topic: str, scene: Scene) -> Iterator[str]:
    name = topic.casefold()
    name = _TOPIC_NAMES.get(name, name)
    verb = verb_names(scene.aliases).get(name) if name else None
    if not name:
        yield from _everything(scene)
    elif name in TOPICS:
        yield from _table(name, scene)
    elif verb is not None:
        yield from _verb(verb, scene)
    else:
        codes = cached_index(scene.rules.types).exact(topic)
        if codes:
            for code in codes:
                yield from _type(scene.rules.types[code], scene)
        else:
            yield from _searched(topic, scene)


def _everything(scene: Scene) -> Iterator[str]:
    yield GRAMMAR.in_(scene.language)
    for group in Group:
        yield ""
        yield GROUP_WORDS[group].in_(scene.language)
        for verb in VERBS:
            if verb.group is group:
                yield _short(verb, scene)
    yield ""
    topics = listed((f"? {topic} {words.in_(scene.language)}" for topic, words in TOPICS.items()), scene.language)
    yield scene.say(
        f"? 命令 看一个命令；? 类别 看问询要点；? 词 查；{topics}",
        f"? VERB for one verb; ? TYPE for its questions; ? WORD searches; {topics}",
    )


def _short(verb: Verb, scene: Scene) -> str:
    """A verb in one line: its names, its key under the keymap that is on, what it does."""
    key = f"{scene.keys.get(verb.key, '').split(' ')[0]:<9} " if scene.keys else ""
    name = scene.say(f"{verb.zh:　<4}", f"{verb.long:<17}")
    return f"  {verb.short:<4} {name} {key} {verb.does.in_(scene.language)}"


def _searched(words: str, scene: Scene) -> Iterator[str]:
    """Everything that has to do with a word: verbs, tables, incident types."""
    wanted = words.casefold()
    verbs = [verb for verb in VERBS if wanted in _all_words(verb)]
    kinds = [k for k in scene.rules.types.values() if wanted in f"{_entry(k, scene)} {k.words.zh}".casefold()]
    if not verbs and not kinds:
        yield scene.say(f"没有“{words}”的帮助", f"there is no help on “{words}”")
        yield from _everything(scene)
        return
    yield scene.say(f"说到“{words}”的：", f"what has to do with “{words}”:")
    yield from (_short(verb, scene) for verb in verbs)
    yield from (f"  {_entry(kind, scene)}" for kind in kinds)
    yield scene.say("? 命令或类别 看全部", "? VERB or ? TYPE shows all of one")


def _all_words(verb: Verb) -> str:
    return " ".join((*verb.names, verb.does.zh, verb.does.en, *verb.examples)).casefold()


def explained(verb: Verb, scene: Scene) -> str:
    """A verb in one line: what it does, how it is written, an example, its key."""
    parts = [verb.does.in_(scene.language), usage(verb, scene.language)]
    parts += [scene.say("例 ", "e.g. ") + example for example in verb.examples[:1]]
    parts += [scene.say("键 ", "key ") + key for key in (scene.keys.get(verb.key),) if key]
    return "  ".join(parts)


def _verb(verb: Verb, scene: Scene) -> Iterator[str]:
    yield f"{verb.does.in_(scene.language)}"
    if verb.key in scene.keys:
        yield scene.say("  键 ", "  key ") + scene.keys[verb.key]
    yield f"  {usage(verb, scene.language)}"
    own = [alias for alias, target in scene.aliases.items() if target in (verb.key, *verb.names)]
    yield scene.say("  也写作 ", "  also ") + listed((*verb.names[1:], *own), scene.language)
    for slot in verb.slots:
        names = listed((f"{n}=" for n in (slot.field, *FIELDS[slot.field])), scene.language)
        yield f"  {slot_words(slot).in_(scene.language)}  {names}"
    for example in verb.examples:
        yield scene.say("  例 ", "  e.g. ") + example
    if verb.key in _TABLE_OF_VERB:
        yield ""
        yield from _table(_TABLE_OF_VERB[verb.key], scene)


def _table(topic: str, scene: Scene) -> Iterator[str]:
    yield TOPICS[topic].in_(scene.language)
    if topic == "types":
        for kind in scene.rules.types.values():
            grade = f"{kind.priority} {term(kind.category, scene.language)}"
            yield f"  {_entry(kind, scene)}  {grade}"
    elif topic == "dispositions":
        given = [d for d in scene.rules.dispositions.values() if d.code not in CORE_DISPOSITIONS]
        yield from (f"  {_entry(d, scene)}{_settled(scene) if d.settled else ''}" for d in given)
    elif topic == "receivers":
        yield from (f"  {_entry(receiver, scene)}" for receiver in scene.rules.receivers.values())
    elif topic == "places":
        yield from (f"  {words.in_(scene.language)}" for words in PLACES)
    else:
        yield from (f"  {name}=  {listed(more, scene.language)}" for name, more in FIELDS.items())


def _settled(scene: Scene) -> str:
    return scene.say("  现场办结", "  settled on scene")


def _entry(entry: Named, scene: Scene) -> str:
    return f"{entry.words.in_(scene.language)}  {entry.code}  {' '.join(entry.aliases)}".rstrip()


def _type(kind: IncidentType, scene: Scene) -> Iterator[str]:
    """What to ask, what to do, whom to send."""
    grade = f"{priority_words(scene, kind.priority)} {term(kind.category, scene.language)}"
    yield f"{_entry(kind, scene)}  {grade}"
    yield scene.say("问询要点", "Questions")
    yield from (f"  {i}. {q.words.in_(scene.language)}" for i, q in enumerate(kind.questions, 1))
    yield scene.say("处置清单", "Checklist")
    yield from (f"  {i}. {s.words.in_(scene.language)}" for i, s in enumerate(kind.checklist, 1))
    yield scene.say("布警预案", "Response plan")
    for number, turn in enumerate((kind.plan.first, kind.plan.second, kind.plan.third), 1):
        if turn:
            yield f"  {number}. {_turn(turn, scene)}"


def _turn(turn: Iterable[TurnOut], scene: Scene) -> str:
    any_kind = scene.say("最近警力", "nearest")
    return listed((f"{term(t.kind, scene.language) if t.kind else any_kind} {t.count}" for t in turn), scene.language)
