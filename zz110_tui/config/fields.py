"""The settings model seen as a list of keys: what each takes, what it means, and whether a value fits."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from zz110_tui.config.problems import Problem, both, shown
from zz110_tui.config.settings import Settings
from zz110_tui.config.toml_file import Key, TomlFile
from zz110_tui.core.rulebook import Words


@dataclass(frozen=True, slots=True)
class Field:
    """One key a user may set. ``type`` is what msgspec checks a value against."""

    key: Key
    type: Any
    words: Words
    default: Any

    @property
    def dotted(self) -> str:
        return ".".join(self.key)


def all_fields(model: type[Struct] = Settings, default: Struct | None = None, above: Key = ()) -> Iterator[Field]:
    """Every leaf of the model in its own order, depth first."""
    values = model() if default is None else default
    for info in fields(model):
        key = (*above, info.name)
        value = getattr(values, info.name)
        if isinstance(value, Struct):
            yield from all_fields(type(value), value, key)
        else:
            yield Field(key, info.type, _words(info), value)


def _words(info: FieldInfo) -> Words:
    metas = [part for part in get_args(info.type) if isinstance(part, Meta)]
    meta = next(part for part in metas if part.description)
    return Words(str((meta.extra or {}).get("zh", "")), str(meta.description))


def problems_in(file: TomlFile) -> list[Problem]:
    """Everything in a settings file that does not fit the model, in the order of the file's tables."""
    known = {field.key: field for field in all_fields()}
    return list(_walk(file, file.data, (), known))


def _walk(file: TomlFile, table: Mapping[str, Any], above: Key, known: Mapping[Key, Field]) -> Iterator[Problem]:
    tables = {key[:depth] for key in known for depth in range(1, len(key))}
    for name, value in table.items():
        key = (*above, name)
        if key in known:
            yield from _value_problems(file, known[key], value)
        elif key not in tables:
            beside = [k[len(above)] for k in (*known, *tables) if k[: len(above)] == above and len(k) > len(above)]
            yield file.problem(key, both("没有这一项设置", "there is no such setting"), _instead(name, beside))
        elif isinstance(value, dict):
            yield from _walk(file, value, key, known)
        else:
            remedy = both(f"写成表：[{'.'.join(key)}]", f"write it as a table: [{'.'.join(key)}]")
            yield file.problem(key, both("应是一个表", "must be a table"), remedy)


def _instead(name: str, beside: list[str]) -> str:
    options = list(dict.fromkeys(beside))
    near = difflib.get_close_matches(name, options, 1)
    if near:
        return both(f"是不是 {near[0]}？", f"did you mean {near[0]}?")
    return both("这里可用", "what there is here") + ": " + ", ".join(options)


def _value_problems(file: TomlFile, field: Field, value: Any) -> Iterator[Problem]:
    wants = expected(field.type)
    remedy = both(f"应为{wants.zh}", f"it takes {wants.en}")
    try:
        msgspec.convert(value, field.type)
    except msgspec.ValidationError:
        cause = both(f"{shown(value)} 不合要求", f"{shown(value)} does not fit")
        yield file.problem(field.key, cause, remedy)
        return
    texts = [*value.keys(), *value.values()] if isinstance(value, dict) else [value]
    if any(isinstance(text, str) and not text.isprintable() for text in texts):
        cause = both(f"{shown(value)} 里有控制符或不可见字符", f"{shown(value)} has control or invisible characters")
        yield file.problem(field.key, cause, both("删去这些字符", "take them out"))
    elif field.key == ("timezone",) and not _is_zone(value):
        cause = both(f"没有时区 {shown(value)}", f"there is no time zone {shown(value)}")
        remedy = both("写时区名，如 Asia/Shanghai", "give the name of a zone, such as Asia/Shanghai")
        yield file.problem(field.key, cause, remedy)
    elif field.key == ("travel", "emergency") and 0 < value < SLOWEST:
        cause = both(f"{shown(value)} 不合要求", f"{shown(value)} does not fit")
        remedy = both(f"写 {SLOWEST} 到 3，或写 0 依城市包", f"write {SLOWEST} to 3, or 0 for what the city pack says")
        yield file.problem(field.key, cause, remedy)


SLOWEST = 0.5
"""The least factor for emergency driving that a city pack may say, and so a setting."""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, a path out of the database, a folder of it
        return False
    return True


def expected(type_: Any) -> Words:
    """What a field takes, in words."""
    metas = [part for part in get_args(type_) if isinstance(part, Meta)]
    base = get_args(type_)[0] if metas else type_
    if get_origin(base) is Literal:
        choices = ", ".join(f'"{choice}"' for choice in get_args(base))
        return Words(f"其中之一：{choices}", f"one of {choices}")
    if base is bool:
        return Words("true 或 false", "true or false")
    if base in (int, float):
        low = next((m.ge for m in metas if m.ge is not None), None)
        high = next((m.le for m in metas if m.le is not None), None)
        number = ("整数", "a whole number") if base is int else ("数", "a number")
        return Words(f" {low} 到 {high} 的{number[0]}", f"{number[1]} from {low} to {high}")
    if get_origin(base) is dict:
        return Words('表，每行 "新词" = "动词"', 'a table of lines "new word" = "verb"')
    pattern = next((m.pattern for m in metas if m.pattern), None)
    if pattern:
        return Words(f"符合 {pattern} 的文字", f"text that fits {pattern}")
    longest = next((m.max_length for m in metas if m.max_length), None)
    return (
        Words(f"文字，至多 {longest} 字", f"text of at most {longest} characters") if longest else Words("文字", "text")
    )
