"""Chance for drills: separate streams from one seed, each the same on every machine and with every Python.

A stream is known by its name, and its values are the hash of name and count: what one call draws does not depend on
how many calls came before it, so that two runs that differ in one rule meet the same calls with the same luck (paired
comparisons). BLAKE2 is the same everywhere; of ``random.Random`` only ``random()`` is promised to stay as it is, and to
seed one costs five times as much as to draw the few values that a call needs. Everything else is made from uniform
values here.
"""

from __future__ import annotations

import math
import struct
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


_BLOCK = struct.Struct(">8Q")
"""One hash is eight values of 64 bits."""

_UNIT = 2.0**-53


class Stream:
    """One stream of chance: ``Stream(7, "call", 12)``."""

    __slots__ = ("_block", "_name", "_spare", "_values")

    def __init__(self, seed: int, *names: object) -> None:
        self._name = "\x1f".join(map(str, (seed, *names))).encode("utf-8", "surrogatepass")
        self._block = 0
        self._values: list[int] = []
        self._spare: float | None = None

    def _next(self) -> float:
        """A uniform value from 0 up to and without 1, of 53 bits."""
        if not self._values:
            said = b"%d\x1e%s" % (self._block, self._name)
            self._values.extend(_BLOCK.unpack(blake2b(said).digest()))
            self._block += 1
        return (self._values.pop() >> 11) * _UNIT

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        return low + (high - low) * self._next()

    def chance(self, share: float) -> bool:
        """True with the given chance (0 to 1)."""
        return self._next() < share

    def exponential(self, mean: float) -> float:
        return -mean * math.log(1.0 - self._next())

    def normal(self) -> float:
        """A standard normal value (Marsaglia's polar method)."""
        if self._spare is not None:
            value, self._spare = self._spare, None
            return value
        while True:
            x, y = 2.0 * self._next() - 1.0, 2.0 * self._next() - 1.0
            square = x * x + y * y
            if 0.0 < square < 1.0:
                scale = math.sqrt(-2.0 * math.log(square) / square)
                self._spare = y * scale
                return x * scale

    def gamma(self, shape: float) -> float:
        """A gamma value with scale 1 (Marsaglia and Tsang 2000); its mean and variance are ``shape``."""
        if shape < 1.0:
            # A gamma of shape + 1, pulled down (their section 6); 1 - random() is never 0.
            pull = math.pow(1.0 - self._next(), 1.0 / shape) if shape > 0 else 0.0
            return self.gamma(shape + 1.0) * pull if pull > 0 else 0.0
        d = shape - 1.0 / 3.0
        c = 1.0 / math.sqrt(9.0 * d)
        while True:
            x = self.normal()
            v = (1.0 + c * x) ** 3
            if v > 0 and math.log(1.0 - self._next()) < 0.5 * x * x + d - d * v + d * math.log(v):
                return d * v

    def lognormal_ms(self, spread: Lognormal) -> int:
        """A duration in milliseconds."""
        return round(1_000 * min(spread.longest_s, spread.median_s * math.exp(spread.sigma * self.normal())))

    def poisson(self, mean: float) -> int:
        """How many events fall into a span that has ``mean`` on average; exponential gaps, so exact for any mean."""
        count, at = 0, self.exponential(1.0)
        while at < mean:
            count += 1
            at += self.exponential(1.0)
        return count

    def pick(self, choices: Choices[T]) -> T:
        """One of the values, by weight."""
        return choices.at(self._next())


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A duration: its median and longest value in seconds, and the standard deviation of its logarithm."""

    median_s: float
    sigma: float
    longest_s: float = math.inf

    @property
    def mean_s(self) -> float:
        """The mean without the cut at ``longest_s``."""
        return self.median_s * math.exp(self.sigma * self.sigma / 2)


class Choices(Generic[T]):
    """Values with weights, in a fixed order. Raises ValueError when no weight is above 0."""

    __slots__ = ("_sums", "_values")

    def __init__(self, weighted: Mapping[T, float]) -> None:
        self._values = [value for value, weight in weighted.items() if weight > 0]
        self._sums = list(accumulate(weight for weight in weighted.values() if weight > 0))
        if not self._values:
            raise ValueError("nothing to choose from")

    def at(self, share: float) -> T:
        """The value at a share (0 to 1, below 1) of all weight."""
        return self._values[min(bisect_right(self._sums, share * self._sums[-1]), len(self._values) - 1)]
