"""Checking a mapping file key by key, and collecting everything that is wrong with it in one go."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from zz110_tui.config.problems import Problem, both, shown
from zz110_tui.config.toml_file import TomlFile
from zz110_tui.core.incidents import Channel

FORMAT = 1
TIMES = ("received", "dispatched", "arrived", "closed")
UNIT_MS = {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000}
EPOCHS = {"epoch_ms": 1, "epoch_s": 1_000}
ISO = "iso"
SEE = both("各键的写法见 docs/calls-import.md", "docs/calls-import.md describes every key")

_KNOWN: dict[tuple[str, ...], tuple[str, ...]] = {
    (): ("format", "id", "remark", "file", "time", "columns", "place", "defaults", "types", "channels"),
    ("file",): ("encoding", "delimiter", "quote", "columns", "missing"),
    ("time",): ("zone", "formats"),
    ("columns",): (*TIMES, "lon", "lat", "id", "place", "type", "channel", "text"),
    ("place",): ("required",),
    ("defaults",): ("type", "channel"),
}
_UTC = ZoneInfo("UTC")


class Checked:
    """Reads values out of a TOML file; what is wrong goes to ``problems`` and a harmless value comes back."""

    def __init__(self, file: TomlFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        for path, known in _KNOWN.items():
            for key in self.table(*path):
                if key not in known:
                    near = ", ".join(known)
                    self.wrong(
                        (*path, key),
                        both("没有这个键", "there is no such key"),
                        both(f"可用：{near}", f"known are: {near}"),
                    )
        if file.data.get("format") != FORMAT:
            self.wrong(
                ("format",),
                both(f"不是 {FORMAT}", f"is not {FORMAT}"),
                both(f"写 format = {FORMAT}", f"write format = {FORMAT}"),
            )

    def wrong(self, key: tuple[str, ...], cause: str, remedy: str = SEE) -> None:
        self.problems.append(self.file.problem(key, cause, remedy))

    def table(self, *path: str) -> Mapping[str, Any]:
        node: Any = self.file.data
        for key in path:
            node = node.get(key, {}) if isinstance(node, dict) else {}
        if isinstance(node, dict):
            return node
        self.wrong(path, both("不是表", "is no table"))
        return {}

    # -- single values ---------------------------------------------------------------------------------------------

    def text(self, path: tuple[str, ...], key: str, default: str) -> str:
        value = self.table(*path).get(key, default)
        if isinstance(value, str):
            return value
        self.wrong((*path, key), both("不是文字", "is no text"))
        return default

    def flag(self, path: tuple[str, ...], key: str, default: bool) -> bool:
        value = self.table(*path).get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong((*path, key), both("不是 true 或 false", "is neither true nor false"))
        return default

    def list_of_texts(self, path: tuple[str, ...], key: str) -> tuple[str, ...]:
        value = self.table(*path).get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.wrong((*path, key), both("不是文字的列表", "is no list of texts"))
        return ()

    def id(self) -> str:
        name = self.text((), "id", "")
        if not re.fullmatch(r"[a-z0-9_-]{1,40}", name):
            self.wrong(("id",), both("要写小写字母、数字、- 或 _", "has to be of small letters, digits, - or _"))
        return name

    def one_character(self, key: str, default: str) -> str:
        value = self.text(("file",), key, default)
        if len(value) == 1 and value not in "\r\n\0" and value.isascii():
            return value
        self.wrong(("file", key), both("要恰好一个 ASCII 字符", "has to be exactly one ASCII character"))
        return default

    def encoding(self) -> str:
        """Lines are cut at the byte 0A, so that one bad line costs one line: UTF-16 and its like cannot be used."""
        name = self.text(("file",), "encoding", "utf-8")
        try:
            plain = codecs.lookup(name).encode('a,"\n')[0] == b'a,"\n'
        except (LookupError, UnicodeError):
            plain = False
        if plain:
            return name
        self.wrong(
            ("file", "encoding"),
            both(f"不认识或不能用的编码 {shown(name)}", f"the encoding {shown(name)} is unknown or cannot be used"),
            both("用 utf-8、gb18030、cp1252 之类；UTF-16 先转换", "use utf-8, gb18030, cp1252 …; convert UTF-16 first"),
        )
        return "utf-8"

    def zone(self) -> ZoneInfo:
        name = self.text(("time",), "zone", "")
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):  # not in the list, no name at all, a folder of the list
            self.wrong(
                ("time", "zone"),
                both(f"没有时区 {shown(name)}", f"there is no time zone {shown(name)}"),
                both("写 Asia/Shanghai 这样的名字", "write a name such as Asia/Shanghai"),
            )
        return _UTC

    def formats(self) -> tuple[str, ...]:
        formats = self.list_of_texts(("time",), "formats") or (ISO,)
        for written in formats:
            if written != ISO and written not in EPOCHS and not _is_date_format(written):
                self.wrong(
                    ("time", "formats"),
                    both(f"{shown(written)} 不是时间格式", f"{shown(written)} is no time format"),
                    both(
                        "写 iso、epoch_s、epoch_ms，或 %Y-%m-%d %H:%M 这样的格式",
                        "write iso, epoch_s, epoch_ms, or a format such as %Y-%m-%d %H:%M",
                    ),
                )
        return formats

    # -- columns ---------------------------------------------------------------------------------------------------

    def column_list(self, key: str) -> tuple[str, ...]:
        """One column, or several that are joined."""
        value = self.table("columns").get(key, [])
        return self._columns(("columns", key), value)

    def _columns(self, key: tuple[str, ...], value: Any) -> tuple[str, ...]:
        columns = [value] if isinstance(value, str) else value
        if isinstance(columns, list) and all(isinstance(c, str) and c for c in columns):
            return tuple(columns)
        self.wrong(key, both("要写列名或列名的列表", "has to be the name of a column, or a list of names"))
        return ()

    def time_column(self, key: str) -> tuple[tuple[str, ...], str, str]:
        """The columns of a time, and for a duration what it is counted from and its unit."""
        value = self.table("columns").get(key, [])
        if not isinstance(value, dict):
            return self._columns(("columns", key), value), "", ""
        columns = self._columns(("columns", key), value.get("column", []))
        after, unit = value.get("after", ""), value.get("unit", "s")
        earlier = TIMES[: TIMES.index(key)]
        if set(value) - {"column", "after", "unit"} or not columns or after not in earlier or unit not in UNIT_MS:
            self.wrong(
                ("columns", key),
                both("时长写得不对", "is no proper duration"),
                both(
                    '写 { column = "列名", after = "received", unit = "s" }；'
                    "after 是更早的时间，unit 是 ms、s、min 或 h",
                    'write { column = "name", after = "received", unit = "s" }; '
                    "after is an earlier time, unit is ms, s, min or h",
                ),
            )
            return columns, "", ""
        return columns, str(after), str(unit)

    # -- words -----------------------------------------------------------------------------------------------------

    def pattern_rows(self, name: str) -> tuple[tuple[str, str], ...]:
        rows = self.table(name)
        for pattern, word in rows.items():
            if not isinstance(word, str) or not word:
                self.wrong((name, pattern), both("要写代码", "has to be a code"))
        return tuple((pattern, str(word)) for pattern, word in rows.items())

    def channel_rows(self) -> tuple[tuple[str, str], ...]:
        rows = self.pattern_rows("channels")
        for pattern, word in rows:
            self._known_channel(("channels", pattern), word)
        return rows

    def default_channel(self) -> str:
        word = self.text(("defaults",), "channel", Channel.PHONE.value)
        self._known_channel(("defaults", "channel"), word)
        return word

    def _known_channel(self, key: tuple[str, ...], word: str) -> None:
        if word not in tuple(Channel):
            known = ", ".join(Channel)
            self.wrong(
                key,
                both(f"没有接警方式 {shown(word)}", f"there is no channel {shown(word)}"),
                both(f"可用：{known}", f"known are: {known}"),
            )

    def finish(self, columns: Sequence[str], header: Sequence[str]) -> None:
        """What only the whole can tell."""
        given = self.table("columns")
        if "received" not in given:
            self.wrong(
                ("columns", "received"), both("没有写报警时间的列", "no column is given for when the call was received")
            )
        if ("lon" in given) != ("lat" in given):
            self.wrong(("columns",), both("lon 和 lat 要一起写", "lon and lat have to be given together"))
        if self.table("place").get("required", True) and "lon" not in given:
            self.wrong(
                ("place", "required"),
                both("要求坐标，却没有写坐标的列", "positions are required, but no column is given for them"),
                both(
                    "写 lon 和 lat，或 [place] required = false", "give lon and lat, or write [place] required = false"
                ),
            )
        absent = [c for c in columns if c not in header] if header else []
        if absent:
            listed = ", ".join(shown(c) for c in absent)
            self.wrong(("file", "columns"), both(f"缺少 {listed}", f"{listed} is not among them"))


def _is_date_format(written: str) -> bool:
    """Whether a format gives a whole day at least, so that no year is made up."""
    try:
        said = datetime(2001, 12, 31, 23, 58, 59).strftime(written)  # noqa: DTZ001 - a sample, not a time
        return datetime.strptime(said, written).date() == datetime(2001, 12, 31).date()  # noqa: DTZ001, DTZ007
    except ValueError:
        return False
