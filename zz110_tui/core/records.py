"""``dataclass`` for the many small values of zz110: the standard one, but its methods are written at their first call.

The standard decorator writes and compiles six methods for each class when it is imported: half a millisecond, and a
desk imports four hundred and fifty classes before its first screen, of most of which it makes none for hours. Here a
class gets its fields and its slots at once, as ever, and of ``__init__``, ``__eq__`` and ``__hash__`` a stand-in that
writes the real one at its first call and steps aside. What a class can do is the same:
``tests/unit/core/test_records.py`` holds both side by side. For a type checker this is ``dataclasses.dataclass``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 (handed on under its own name)

T = TypeVar("T")
Method = Callable[..., Any]

_NOT_GIVEN = object()
"""Stands for what a factory has to make."""


def _record(cls: type[T], *, frozen: bool, slots: bool, eq: bool) -> type[T]:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the standard one writes a signature out, which costs as much again
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    said = made.__dataclass_params__
    said.init, said.repr, said.eq, said.frozen = True, True, eq, frozen
    _later(made, "__init__", _init_of)
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _repr
    if eq:
        _later(made, "__eq__", _eq_of)
        if frozen:
            _later(made, "__hash__", _hash_of)
        else:
            made.__hash__ = None
    if frozen:
        made.__setattr__, made.__delattr__ = _no_setting, _no_deleting
        if slots:
            made.__getstate__, made.__setstate__ = _state, _restore
    return made  # type: ignore[no-any-return]  # the class itself


def _as_usual(cls: type, options: dict[str, Any]) -> bool:
    """Whether a class is one of those that are written here: all but a handful are."""
    inherits = any(hasattr(base, "__dataclass_fields__") for base in cls.__mro__[1:])
    own = any(name in cls.__dict__ for name in ("__init__", "__eq__", "__hash__", "__setattr__", "__delattr__"))
    kinds = " ".join(map(str, cls.__annotations__.values()))
    marked = "InitVar" in kinds or "KW_ONLY" in kinds
    return not (inherits or own or marked or options.keys() - {"frozen", "slots", "eq"})


if not TYPE_CHECKING:

    def dataclass(cls: type[T] | None = None, /, **options: Any) -> Any:
        """As ``dataclasses.dataclass``."""

        def wrap(cls: type[T]) -> type[T]:
            if not _as_usual(cls, options):
                return dataclasses.dataclass(**options)(cls)
            frozen, slots, eq = (
                options.get(name, usual) for name, usual in (("frozen", False), ("slots", False), ("eq", True))
            )
            return _record(cls, frozen=frozen, slots=slots, eq=eq)

        return wrap if cls is None else wrap(cls)


# -- what is written at the first call -------------------------------------------------------------------------------


def _later(cls: Any, name: str, write: Callable[[Any], Method]) -> None:
    """A stand-in for a method, which writes the method and steps aside."""

    def first(self: Any, *args: Any, **values: Any) -> Any:
        method = write(cls)
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, method)
        return method(self, *args, **values)

    first.__qualname__ = f"{cls.__qualname__}.{name}"
    setattr(cls, name, first)


def _fields(cls: Any) -> tuple[Field[Any], ...]:
    return dataclasses.fields(cls)


def _written(head: str, body: list[str], names: dict[str, Any]) -> Method:
    made: dict[str, Any] = {}
    lines = "\n ".join(body or ["pass"])
    exec(f"def {head}:\n {lines}", names, made)
    method: Method = made[head.partition("(")[0]]
    return method


def _init_of(cls: Any) -> Method:
    names: dict[str, Any] = {"_set": object.__setattr__, "_not_given": _NOT_GIVEN}
    placed: list[str] = []
    named: list[str] = []
    body: list[str] = []
    put = "self.{0} = {1}"
    if cls.__dataclass_params__.frozen:
        # A slot sets itself in two thirds of the time that object.__setattr__ takes to find it by name.
        slots = [field.name for field in _fields(cls) if field.name in cls.__dict__.get("__slots__", ())]
        names |= {f"_set_{name}": cls.__dict__[name].__set__ for name in slots}
        put = "_set_{0}(self, {1})" if len(slots) == len(_fields(cls)) else "_set(self, {0!r}, {1})"
    for field in _fields(cls):
        value = field.name
        taken = field.name
        if field.default_factory is not MISSING:
            names[f"_make_{value}"] = field.default_factory
            taken += "=_not_given"
            value = f"_make_{value}() if {value} is _not_given else {value}" if field.init else f"_make_{value}()"
        elif field.default is not MISSING:
            names[f"_usual_{value}"] = field.default
            taken += f"=_usual_{value}"
            value = value if field.init else f"_usual_{value}"
        elif not field.init:
            continue
        if field.init:
            (named if field.kw_only else placed).append(taken)
        body.append(put.format(field.name, value))
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    taken_all = ", ".join(["self", *placed, *(["*", *named] if named else [])])
    return _written(f"__init__({taken_all})", body, names)


def _tuple_of(who: str, fields: list[Field[Any]]) -> str:
    return "(" + "".join(f"{who}.{field.name}," for field in fields) + ")"


def _eq_of(cls: Any) -> Method:
    compared = [field for field in _fields(cls) if field.compare]
    mine, other = _tuple_of("self", compared), _tuple_of("other", compared)
    body = ["if other.__class__ is not self.__class__: return NotImplemented", f"return {mine} == {other}"]
    return _written("__eq__(self, other)", body, {})


def _hash_of(cls: Any) -> Method:
    hashed = [field for field in _fields(cls) if (field.compare if field.hash is None else field.hash)]
    return _written("__hash__(self)", [f"return hash({_tuple_of('self', hashed)})"], {})


# -- what is the same for all ----------------------------------------------------------------------------------------


def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in _fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _no_setting(self: Any, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deleting(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in _fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(_fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
