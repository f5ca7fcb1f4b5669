"""Sentences of faults in Chinese and English at once: a pack is read before anybody knows which language is wanted."""

from __future__ import annotations


def both(zh: str, en: str) -> str:
    return f"{zh} / {en}"
