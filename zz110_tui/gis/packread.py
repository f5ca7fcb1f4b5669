"""Reading the files of a city pack, and saying exactly where one is wrong.

Everything in a pack is text from outside: a number that is no position, a name with control characters, a reference to
nothing are refused with file and feature, and no half city is ever returned.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from zz110_tui.core.places import Point, point
from zz110_tui.core.records import dataclass
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.features import Spelling
from zz110_tui.gis.geometry import Area, Line

PACK_FORMAT = 1
PACK_FILES = ("city.toml", "units.toml", "demand.toml", "area.geojson", "roads.geojson", "places.geojson")
MORE_FILES = ("roads.npz", "times.toml")
"""Files that a pack may have besides: the net to drive on, and what was learned of times on it."""
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes. A pack of a large city with all its roads stays below 10 MB; anything above this is not a pack."""

SEE = both(
    "每个字段见 docs/city-pack.md；改好后运行 zz110 city check",
    "docs/city-pack.md describes every field; mend it and run 'zz110 city check'",
)


def trouble(pack: str, where: str, cause: str, remedy: str = SEE) -> Trouble:
    return Trouble(both(f"城市包 {pack} 不能用", f"city pack {pack} cannot be used"), f"{where}: {cause}", remedy)


def read_files(path: Path) -> dict[str, bytes]:
    """The bytes of the pack's six files, with newlines as LF so that a checkout on any system has the same hash, and of
    those it has besides. A pack that another process changes meanwhile (:mod:`gis.packswap`) is read again."""
    while True:
        folder = _folder(path)
        try:
            files = _read_all(path)
        except Trouble:
            if _folder(path) == folder:
                raise
        else:
            if _folder(path) == folder:
                return files


def _folder(path: Path) -> tuple[int, ...]:
    """Which folder stands under a name just now; a number alone is given again to a later folder."""
    if not path.is_dir():
        raise trouble(
            path.name,
            str(path),
            both("没有这个目录", "there is no such directory"),
            both("指明城市包所在的目录", "name the directory that holds a city pack"),
        )
    about = path.stat()
    return about.st_dev, about.st_ino, about.st_mtime_ns, about.st_ctime_ns


def _read_all(path: Path) -> dict[str, bytes]:
    files = {}
    for name in (*PACK_FILES, *MORE_FILES):
        if name in MORE_FILES and not (path / name).exists():
            continue
        try:
            if (path / name).stat().st_size > LARGEST_FILE:
                raise trouble(path.name, name, both("文件过大", f"larger than {LARGEST_FILE} bytes"))
            data = (path / name).read_bytes()
            files[name] = data if name.endswith(".npz") else data.replace(b"\r\n", b"\n")
        except OSError as error:
            raise trouble(path.name, name, both("读不到", error.strerror or "cannot be read")) from error
    return files


def pack_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names, lengths and bytes of the files in their fixed order."""
    digest = sha256()
    for name in (*PACK_FILES, *(more for more in MORE_FILES if more in files)):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file or the properties of a feature, with its whereabouts for the error message."""

    pack: str
    where: str
    values: Mapping[str, Any]

    def wrong(self, cause: str) -> Trouble:
        return trouble(self.pack, self.where, cause)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(both(f"缺 '{key}'，或不是文字", f"'{key}' is missing or no text"))
        if not value.isprintable():
            raise self.wrong(both(f"'{key}' 含不可显示的字符", f"'{key}' holds characters that cannot be printed"))
        return value

    def name(self, key: str = "id") -> str:
        """A text that must not be empty."""
        value = self.text(key)
        if not value.strip():
            raise self.wrong(both(f"'{key}' 是空的", f"'{key}' is empty"))
        return value

    def number(self, key: str, default: float | None = None, *, low: float, high: float) -> float:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.wrong(
                both(
                    f"缺 '{key}'，或不是 {low:g} 到 {high:g} 之间的数",
                    f"'{key}' is missing or no number between {low:g} and {high:g}",
                )
            )
        return float(value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(both(f"'{key}' 应为 true 或 false", f"'{key}' is neither true nor false"))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.isprintable() for item in value):
            raise self.wrong(both(f"'{key}' 不是文字列表", f"'{key}' is no list of texts"))
        return tuple(value)

    def numbers(self, key: str, count: int | None = None) -> tuple[float, ...]:
        value = self.values.get(key)
        if not isinstance(value, list) or (count is not None and len(value) != count):
            many = f"{count} " if count else ""
            raise self.wrong(both(f"'{key}' 不是 {many}个数的列表", f"'{key}' is no list of {many}numbers"))
        if not all(isinstance(item, int | float) and abs(item) < 1e12 for item in value):
            raise self.wrong(both(f"'{key}' 里有不是数的东西", f"'{key}' holds something that is no number"))
        return tuple(float(item) for item in value)

    def table(self, key: str) -> Table:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(both(f"'{key}' 不是表", f"'{key}' is no table"))
        return Table(self.pack, f"{self.where} [{key}]", value)

    def tables(self, key: str) -> tuple[Table, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(both(f"'{key}' 不是表的列表", f"'{key}' is no list of tables"))
        return tuple(Table(self.pack, f"{self.where} [[{key}]] {i + 1}", item) for i, item in enumerate(value))

    def spelling(self, key: str = "name") -> Spelling:
        return Spelling(self.text(key, ""), self.text("pinyin", ""), self.text("initials", ""))


@dataclass(frozen=True, slots=True)
class Feature:
    """A GeoJSON feature: its role, its properties and its geometry as our values."""

    role: str
    properties: Table
    geometry: str
    coordinates: Any

    def point(self) -> Point:
        self._must_be("Point")
        return self._position(self.coordinates)

    def line(self) -> Line:
        self._must_be("LineString")
        return self._line(self.coordinates, 2)

    def lines(self) -> tuple[Line, ...]:
        if self.geometry == "LineString":
            return (self.line(),)
        self._must_be("MultiLineString")
        return tuple(self._line(line, 2) for line in self._list(self.coordinates))

    def points(self) -> Line:
        self._must_be("MultiPoint")
        return self._line(self.coordinates, 0)

    def area(self) -> Area:
        if self.geometry == "Polygon":
            return Area((self._polygon(self.coordinates),))
        self._must_be("MultiPolygon")
        return Area(tuple(self._polygon(polygon) for polygon in self._list(self.coordinates)))

    def _polygon(self, rings: Any) -> tuple[Line, ...]:
        polygon = tuple(self._line(ring, 4) for ring in self._list(rings))
        if not polygon or any(ring[0] != ring[-1] for ring in polygon):
            raise self.properties.wrong(
                both("多边形没有环，或环未闭合", "a polygon has no ring, or one that is not closed")
            )
        return polygon

    def _line(self, positions: Any, at_least: int) -> Line:
        try:  # the quick way for what is in order: roads of a large city are tens of thousands of points
            line = tuple(
                [
                    Point(round(lon, 6) + 0.0, round(lat, 6) + 0.0)
                    for lon, lat in self._list(positions)
                    if -180 <= lon <= 180 and -90 <= lat <= 90
                ]
            )
            in_order = len(line) == len(positions)
        except (TypeError, ValueError):
            in_order = False
        if not in_order:
            line = tuple([self._position(position) for position in positions])
        if len(line) < at_least:
            raise self.properties.wrong(both(f"线上的点少于 {at_least} 个", f"a line has fewer than {at_least} points"))
        return line

    def _position(self, position: Any) -> Point:
        try:
            lon, lat = position
            return point(lon, lat)
        except (TypeError, ValueError) as error:
            shown = f"{position!r:.60}"
            raise self.properties.wrong(
                both(f"{shown} 不是 WGS-84 经纬度", f"{shown} is no longitude and latitude in WGS-84")
            ) from error

    def _list(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.properties.wrong(both("坐标不是列表", "the coordinates are no list"))
        return value

    def _must_be(self, geometry: str) -> None:
        if self.geometry != geometry:
            raise self.properties.wrong(
                both(f"{self.role} 不能是 {self.geometry:.20}", f"a {self.role} cannot be a {self.geometry:.20}")
            )


def read_toml(pack: str, name: str, data: bytes) -> Table:
    try:
        return Table(pack, name, tomllib.loads(data.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise trouble(pack, name, str(error)) from error


def read_geojson(pack: str, name: str, data: bytes) -> tuple[Feature, ...]:
    """The features of a GeoJSON file. Raises Trouble for anything that is not a FeatureCollection."""
    try:
        document = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise trouble(pack, name, both("不是 JSON", f"no JSON ({error})")) from error
    collection = document.get("features") if isinstance(document, dict) else None
    if not isinstance(collection, list):
        raise trouble(pack, name, both("不是 GeoJSON FeatureCollection", "no GeoJSON FeatureCollection"))
    features = []
    for number, item in enumerate(collection, 1):
        where = f"{name} feature {number}"
        properties = item.get("properties") if isinstance(item, dict) else None
        geometry = item.get("geometry") if isinstance(item, dict) else None
        if not isinstance(properties, dict) or not isinstance(geometry, dict):
            raise trouble(pack, where, both("缺 properties 或 geometry", "properties or geometry is missing"))
        table = Table(pack, where, properties)
        features.append(Feature(table.name("role"), table, str(geometry.get("type")), geometry.get("coordinates")))
    return tuple(features)
