"""The road net of a pack in a form that is driven on at once: ``roads.npz``, numpy arrays without compression.

``zz110 city roads`` makes it from somebody's road data. ``roads.geojson`` of the same pack then holds the roads that
have a name, to be found and labelled; the file here holds every stretch that can be driven, and the map draws it. Any
numpy reads it (``numpy.load``); here nothing in it is believed before it was checked, and nothing in it is ever
executed.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zz110_tui.gis.bilingual import both
from zz110_tui.gis.features import ROAD_CLASSES
from zz110_tui.gis.packread import trouble
from zz110_tui.gis.roadgraph import MILLIONTHS, RoadLines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zz110_tui.core.trouble import Trouble

NET_FILE = "roads.npz"
NET_FORMAT = 1
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The same net has the same bytes, whenever it is written."""
COLUMNS = {
    "begin": "<i4",
    "lon": "<i4",
    "lat": "<i4",
    "kind": "|u1",
    "oneway": "|b1",
    "start": "<i4",
    "end": "<i4",
}
LONGEST_HEAD = 100_000
_UNREADABLE = (ValueError, KeyError, OSError, EOFError, SyntaxError, MemoryError, NotImplementedError, RuntimeError)
"""What zipfile and numpy raise over a damaged file."""
BUILD_AGAIN = both("用 zz110 city roads 重做路网", "build the net again with 'zz110 city roads'")


@dataclass(frozen=True, eq=False)
class NetFile:
    """A net as it lies in a pack: bytes until somebody drives on it. ``lines`` raises Trouble for a damaged one."""

    pack: str
    data: bytes

    @cached_property
    def lines(self) -> RoadLines:
        columns = self._columns
        lines = RoadLines(**{name: columns[name] for name in COLUMNS}, left_out=int(self.about.get("left_out", 0)))
        if fault := _fault(lines):
            raise self._damaged(fault)
        return lines

    @cached_property
    def about(self) -> dict[str, Any]:
        """Where it came from: ``files``, ``datum``, ``drawn`` (hash of the ``roads.geojson`` written with it)."""
        head = self._columns["about"].tobytes()
        try:
            about = json.loads(head.decode("utf-8"))
        except ValueError as error:
            raise self._damaged(str(error)) from error
        if not isinstance(about, dict) or about.get("format") != NET_FORMAT:
            raise self._damaged(f"format != {NET_FORMAT}")
        return about

    def drawn_with(self, drawn_hash: str) -> bool:
        """Whether the roads that are drawn (hash of ``roads.geojson``) are still those written with this net."""
        return bool(self.about.get("drawn") == drawn_hash)

    @cached_property
    def _columns(self) -> dict[str, NDArray[Any]]:
        import numpy as np

        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as file:
                # Stored as they are: what is small on the disk cannot grow large in memory.
                if any(entry.compress_type != zipfile.ZIP_STORED for entry in file.infolist()):
                    raise self._damaged(both("不应压缩", "it is compressed"))
            with np.load(io.BytesIO(self.data), allow_pickle=False) as arrays:
                found = {name: arrays[name] for name in ("about", *COLUMNS)}
        except (*_UNREADABLE, zipfile.BadZipFile) as error:
            raise self._damaged(str(error)[:200]) from error
        for name, dtype in (("about", "|u1"), *COLUMNS.items()):
            if found[name].dtype != np.dtype(dtype) or found[name].ndim != 1:
                raise self._damaged(f"{name}: {found[name].dtype} {found[name].ndim}")
        if len(found["about"]) > LONGEST_HEAD:
            raise self._damaged("about")
        return found

    def _damaged(self, cause: str) -> Trouble:
        return trouble(self.pack, NET_FILE, both(f"已损坏（{cause}）", f"damaged ({cause})"), BUILD_AGAIN)


def _fault(lines: RoadLines) -> str:
    """What makes the columns no net; empty for a net."""
    import numpy as np

    count, vertices = len(lines.kind), len(lines.lon)
    if not count or any(len(column) != count for column in (lines.oneway, lines.start, lines.end)):
        return "lines"
    if len(lines.begin) != count + 1 or len(lines.lat) != vertices:
        return "begin, lat"
    if lines.begin[0] != 0 or lines.begin[-1] != vertices or (np.diff(lines.begin) < 2).any():
        return "begin"
    if (abs(lines.lon) > 180 * MILLIONTHS).any() or (abs(lines.lat) > 90 * MILLIONTHS).any():
        return "lon, lat"
    if int(lines.kind.max()) >= len(ROAD_CLASSES):
        return "kind"
    nodes = np.concatenate([lines.start, lines.end])
    if int(nodes.min()) != 0 or int(nodes.max()) >= 2 * count or (np.bincount(nodes) == 0).any():
        return "start, end"
    return ""


def net_bytes(lines: RoadLines, about: dict[str, Any]) -> bytes:
    """A net as the bytes of its file. ``about`` has to be writable as JSON; the format is added."""
    import numpy as np

    head = json.dumps({"format": NET_FORMAT, **about, "left_out": lines.left_out}, ensure_ascii=False, sort_keys=True)
    arrays = {"about": np.frombuffer(head.encode(), dtype="|u1")}
    arrays |= {name: getattr(lines, name).astype(dtype) for name, dtype in COLUMNS.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, array in arrays.items():
            with file.open(zipfile.ZipInfo(f"{name}.npy", FIXED_DATE), "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, array, allow_pickle=False)
    return out.getvalue()
