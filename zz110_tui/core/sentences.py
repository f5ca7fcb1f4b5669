"""What a refusal says: why not, and what to do instead, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.core.rulebook import Words


@dataclass(frozen=True, slots=True)
class Sentence:
    why: Words
    instead: Words


def no(why_zh: str, why_en: str, instead_zh: str, instead_en: str) -> Sentence:
    return Sentence(Words(why_zh, why_en), Words(instead_zh, instead_en))
