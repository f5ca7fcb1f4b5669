"""``core.records.dataclass`` beside the standard library's: whatever one does, the other does."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, field
from typing import Any, Generic, TypeVar

import pytest

from zz110_tui.core import records

T = TypeVar("T")


def _made(decorate: Any) -> dict[str, Any]:
    @decorate(frozen=True, slots=True)
    class Value:
        """Words of its own."""

        number: int
        text: str = ""
        more: tuple[int, ...] = field(default=(), compare=False)

        @property
        def double(self) -> int:
            return 2 * self.number

    @decorate(slots=True)
    class Mutable:
        names: list[str] = field(default_factory=list)
        seen: int = field(default=7, init=False, repr=False)

    @decorate(slots=True, eq=False)
    class Thing:
        name: str

    @decorate(frozen=True)
    class Checked:
        low: int
        high: int = field(default=9, kw_only=True)

        def __post_init__(self) -> None:
            if self.low > self.high:
                raise ValueError("low > high")

    @decorate(frozen=True, slots=True)
    class Of(Generic[T]):
        what: T
        beside: int = field(default=0, hash=False)

    @decorate(frozen=True, slots=True)
    class Empty:
        pass

    return {kind.__name__: kind for kind in (Value, Mutable, Thing, Checked, Of, Empty)}


OURS, THEIRS = _made(records.dataclass), _made(dataclasses.dataclass)

CALLS: tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...] = (
    ("Value", (1,), {}),
    ("Value", (1, "a"), {}),
    ("Value", (), {"number": 2, "more": (3,)}),
    ("Value", (), {}),
    ("Value", (1, 2, 3, 4), {}),
    ("Value", (1,), {"unknown": 2}),
    ("Mutable", (), {}),
    ("Mutable", (["x"],), {}),
    ("Mutable", (["x"], 3), {}),
    ("Thing", ("x",), {}),
    ("Checked", (1,), {}),
    ("Checked", (1, 2), {}),
    ("Checked", (3,), {"high": 2}),
    ("Of", ([1],), {}),
    ("Of", ("x", 4), {}),
    ("Empty", (), {}),
)


def _outcome(made: dict[str, Any], name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    try:
        thing = made[name](*given, **named)
    except (TypeError, ValueError) as wrong:
        return type(wrong), str(wrong).replace(" at 0x", "")
    return repr(thing).rpartition(".")[2].partition(" object at")[0], [
        (f.name, getattr(thing, f.name)) for f in dataclasses.fields(thing)
    ]


@pytest.mark.parametrize(("name", "given", "named"), CALLS)
def test_what_is_made_and_what_is_refused(name: str, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    assert _outcome(OURS, name, given, named) == _outcome(THEIRS, name, given, named)


@pytest.mark.parametrize("made", [OURS, THEIRS], ids=["ours", "theirs"])
def test_equality_and_hash(made: dict[str, Any]) -> None:
    value, of = made["Value"], made["Of"]
    assert value(1) == value(1, "", (5,))
    assert value(1) != value(2)
    assert value(1) != (1, "", ())
    assert hash(value(1)) == hash((1, "")) == hash(value(1, more=(5,)))
    assert hash(of("a", 3)) == hash(("a",))
    assert len({value(1), value(1), value(2)}) == 2
    assert made["Mutable"](["x"]) == made["Mutable"](["x"]) != made["Mutable"]()
    with pytest.raises(TypeError, match="unhashable"):
        hash(made["Mutable"]())
    assert made["Thing"]("x") != made["Thing"]("x")
    assert hash(made["Thing"]("x"))
    assert made["Mutable"]().names is not made["Mutable"]().names, "a factory makes one for each"


@pytest.mark.parametrize("made", [OURS, THEIRS], ids=["ours", "theirs"])
def test_what_is_frozen_stays(made: dict[str, Any]) -> None:
    value = made["Value"](1)
    for name in ("number", "more"):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, 2)
        with pytest.raises(FrozenInstanceError):
            delattr(value, name)
    thing = made["Mutable"]()
    thing.names = ["y"]
    with pytest.raises(AttributeError):
        thing.unknown = 1
    assert thing.names == ["y"]


@pytest.mark.parametrize("made", [OURS, THEIRS], ids=["ours", "theirs"])
def test_replaced_taken_apart_and_copied(made: dict[str, Any]) -> None:
    value: Any = made["Value"](1, "a", (2,))
    assert value.double == 2
    assert dataclasses.replace(value, number=3) == made["Value"](3, "a", (2,))
    assert dataclasses.asdict(value) == {"number": 1, "text": "a", "more": (2,)}
    assert dataclasses.is_dataclass(value)
    assert made["Value"].__match_args__ == ("number", "text", "more")
    assert copy.copy(value) == value == copy.deepcopy(value)
    match value:
        case object(number=number):
            assert number == 1


def test_what_the_classes_say_of_themselves() -> None:
    for name, ours in OURS.items():
        theirs = THEIRS[name]
        assert repr(ours.__dataclass_params__) == repr(theirs.__dataclass_params__)
        assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
        assert getattr(ours, "__slots__", None) == getattr(theirs, "__slots__", None)
    assert OURS["Value"].__doc__ == "Words of its own."


@records.dataclass(frozen=True, slots=True)
class Sent:
    """At the top of a module, where pickle finds it."""

    number: int
    text: str = ""


def test_a_value_goes_to_another_process_and_back() -> None:
    assert pickle.loads(pickle.dumps(Sent(1, "a"))) == Sent(1, "a")


@records.dataclass(frozen=True, slots=True)
class Below(Sent):
    """Of a dataclass that inherits the standard decorator makes all at once."""

    more: int = 0


def test_a_class_that_inherits() -> None:
    assert Below(1, "a", 3) == Below(1, "a", more=3) != Below(1)
    assert repr(Below(1)) == "Below(number=1, text='', more=0)"
    with pytest.raises(FrozenInstanceError):
        Below(1).number = 2  # type: ignore[misc]  # that it cannot is what is tested


def test_a_method_is_written_once() -> None:
    @records.dataclass(frozen=True, slots=True)
    class Late:
        number: int

    before = Late.__init__
    Late(1)
    after = Late.__init__
    Late(2)
    assert before is not after is Late.__init__


def test_most_classes_of_a_desk_are_never_written() -> None:
    """What a first screen imports: the stand-ins outnumber what had to be compiled."""
    look = """
import dataclasses, sys
written = []
whole = dataclasses._create_fn
dataclasses._create_fn = lambda name, *rest, **more: written.append(name) or whole(name, *rest, **more)
import zz110_tui.core.facts, zz110_tui.core.commands, zz110_tui.core.decide
print(len(written))
"""
    if not hasattr(dataclasses, "_create_fn"):
        pytest.skip("another Python writes its methods in another way")
    done = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True)
    assert int(done.stdout) < 150
