"""The frames as bytes: one golden file for each kind, so that what goes over the line changes only on purpose."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from zz110_tui.core.desks import Duty
from zz110_tui.wire import frames as f
from zz110_tui.wire.asking import FindSlips

GOLDEN = Path(__file__).parents[2] / "golden" / "frames"

_HASH = "0123456789abcdef" * 4
_ENTRY = msgspec.Raw(
    b'{"p":12,"t":1700000000000,"who":{"person":"\xe6\x9d\x8e","desk":"03","duty":"dispatch","channel":"keyboard"},'
    b'"c":"03-7f-1","f":"incident_released","v":1,"d":{"incident":142}}'
)
_WORDS = f.Vocabulary({"desk_closed": "1.90ca871a"}, {"close_desk": "1.5df6e0ee"}, ("unit_busy",), "1.3ee7425e")

FROM_DESK: tuple[f.DeskFrame, ...] = (
    f.Hello((2, 3), "0.1.0", "03", "李", Duty.DISPATCH, "keyboard", "live", _WORDS, "ticket"),
    f.Join(12, _HASH, "ab12"),
    f.Leave(),
    f.Ask(7, FindSlips("打架 东门口", 1_700_000_000_000, 1_700_086_400_000, 500, 100)),
    f.Submit(7, "03-7f-7", 8812, msgspec.Raw(b'{"do":"release","v":1,"d":{"incident":142}}')),
)
FROM_CORE: tuple[f.CoreFrame, ...] = (
    f.Welcome(
        3, "0.1.0", "李", "03", Duty.DISPATCH, "keyboard", "ab12", "live", "zhangzhou", 8812, 9, 1 << 20, 64, 1000
    ),
    f.Image(8812, 8820, _HASH, 300_000, 2_000_000, 2, "too_far"),
    f.Resumed(12),
    f.Facts(_HASH, (_ENTRY, _ENTRY)),
    f.Answer(7, "03-7f-7", 8814, (_ENTRY,), None, (f.CallerFrame(17, "李小明", "13912342207"),)),
    f.Trouble(7, "磁盘已满 / disk full", "no space", "free some", 74),
    f.Told(7, 500, (msgspec.Raw(b'{"number":142}'),)),
    f.Untold(7, "历史没有答复 / the history did not answer", "it ended", "ask later", 75),
    f.Beat(1_700_000_000_000, 7),
    f.Heard(7),
    f.Bye("closing", "核心正在停止", "the core is stopping", True),
)
REFUSED = f.Answer(8, "03-7f-8", 8814, (), f.RefusalFrame("unit_busy", (("unit", "07"), ("incident", "0142"))), ())

ALL: dict[str, f.Frame] = {
    **{type(frame).__name__.lower(): frame for frame in (*FROM_DESK, *FROM_CORE)},
    "answer_refused": REFUSED,
    "beat_unnumbered": f.Beat(1_700_000_000_000),
}


@pytest.mark.parametrize("name", ALL)
def test_a_frame_is_written_as_it_always_was(name: str) -> None:
    """A missing file: write it with ``python -m tests.unit.wire.test_session_frames`` and commit it."""
    assert f.encode(ALL[name]) + b"\n" == (GOLDEN / f"{name}.v{f.PROTOCOL}.json").read_bytes()


@pytest.mark.parametrize("name", ALL)
def test_a_frame_is_read_as_it_was_written(name: str) -> None:
    text = (GOLDEN / f"{name}.v{f.PROTOCOL}.json").read_text(encoding="utf-8")
    frame = ALL[name]
    if frame in FROM_DESK:
        assert f.decode_from_desk(text) == frame
    else:
        assert f.decode_from_core(text) == frame


def test_every_kind_of_frame_has_its_golden_file() -> None:
    kinds = {cls.__name__.lower() for cls in (*f.DeskFrame.__args__, *f.CoreFrame.__args__)}
    assert kinds <= set(ALL)
    assert {path.name for path in GOLDEN.glob("*.json")} == {f"{name}.v{f.PROTOCOL}.json" for name in ALL}


def test_a_facts_frame_made_of_stored_bytes_is_the_same_frame() -> None:
    stored = (bytes(_ENTRY), bytes(_ENTRY))
    assert f.facts_frame(stored, bytes.fromhex(_HASH)) == f.encode(f.Facts(_HASH, (_ENTRY, _ENTRY)))


@pytest.mark.parametrize("frame", FROM_CORE[:6], ids=lambda frame: type(frame).__name__)
def test_a_desk_cannot_speak_as_a_core(frame: f.CoreFrame) -> None:
    with pytest.raises(f.Unreadable):
        f.decode_from_desk(f.encode(frame).decode())


@pytest.mark.parametrize("frame", FROM_DESK, ids=lambda frame: type(frame).__name__)
def test_a_core_cannot_speak_as_a_desk(frame: f.DeskFrame) -> None:
    with pytest.raises(f.Unreadable):
        f.decode_from_core(f.encode(frame).decode())


def write_missing() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name, frame in ALL.items():
        path = GOLDEN / f"{name}.v{f.PROTOCOL}.json"
        if not path.exists():
            path.write_bytes(f.encode(frame) + b"\n")


if __name__ == "__main__":
    write_missing()
