"""A public name, as ``wire.names`` gives one to every fact and command."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A public name and the version of the shape that this program writes."""

    text: str
    version: int = 1
