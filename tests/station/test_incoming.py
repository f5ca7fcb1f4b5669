"""What comes from a terminal: keys of many terminals, answers, pastes, bytes that are no text: a test for each trap."""

from __future__ import annotations

import random
from codecs import getincrementaldecoder

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from zz110_tui.station.term.incoming import LONGEST_PASTE, PASTE_END, PASTE_START, Answer, Incoming

KEYS_OF_TERMINALS = [
    # xterm, tmux and screen, PuTTY (ESC[n~), the Linux console, rxvt
    ("\x1bOP", "f1"), ("\x1b[11~", "f1"), ("\x1b[[A", "f1"), ("\x1bOS", "f4"), ("\x1b[14~", "f4"), ("\x1b[[E", "f5"),
    ("\x1b[15~", "f5"), ("\x1b[17~", "f6"), ("\x1b[20~", "f9"), ("\x1b[21~", "f10"),
    ("\x1b[A", "up"), ("\x1bOA", "up"), ("\x1b[D", "left"), ("\x1bOD", "left"),
    ("\x1b[H", "home"), ("\x1b[1~", "home"), ("\x1b[7~", "home"), ("\x1bOH", "home"),
    ("\x1b[F", "end"), ("\x1b[4~", "end"), ("\x1b[8~", "end"), ("\x1bOF", "end"),
    ("\x1b[5~", "pageup"), ("\x1b[6~", "pagedown"), ("\x1b[3~", "delete"),
    ("\x7f", "backspace"), ("\x08", "backspace"), ("\x1b[1;2A", "shift+up"), ("\x1b[1;5C", "ctrl+right"),
    ("\x1bOM", "enter"), ("\r", "enter"), ("\t", "tab"), ("\x15", "ctrl+u"),
]  # fmt: skip

NO_KEYS = [
    "\x1b[?2026;2$y", "\x1b[?2048;0$y", "\x1b[?62;1;6c", "\x1b[>0;276;0c", "\x1b[8;50;160t", "\x1b[M", "\x1b[<0;3;4M",
    "\x1b[99~", "\x1b[?1u", "\x1b[33;44;55;66x",
]  # fmt: skip
"""Answers to questions nobody asked, and codes of keys nobody has."""


def keys_of(text: str, chunks: int = 1, incoming: Incoming | None = None) -> list[str]:
    incoming, parser = incoming or Incoming(), XTermParser()
    size = max(1, -(-len(text) // chunks))
    made: list[str] = []
    for start in range(0, len(text), size):
        kept, _ = incoming.take(text[start : start + size])
        made += _read(parser, kept)
    return made + _read(parser, incoming.release())


def _read(parser: XTermParser, text: str) -> list[str]:
    return [event.key for event in (parser.feed(text) if text else ()) if isinstance(event, events.Key)]


@pytest.mark.parametrize(("sent", "key"), KEYS_OF_TERMINALS)
def test_keys_of_tmux_screen_putty_and_the_console_are_known(sent: str, key: str) -> None:
    assert keys_of(sent) == [key]
    assert keys_of(f"a{sent}b") == ["a", key, "b"]


@pytest.mark.parametrize(("sent", "key"), [pair for pair in KEYS_OF_TERMINALS if len(pair[0]) > 2])
def test_a_key_cut_in_two_on_its_way_is_one_key(sent: str, key: str) -> None:
    if sent[1] == "[":
        assert keys_of(sent, chunks=2) == [key]
        assert keys_of(sent, chunks=len(sent)) == [key]


@pytest.mark.parametrize("sent", NO_KEYS)
def test_what_is_no_key_types_nothing(sent: str) -> None:
    assert keys_of(f"a{sent}b") == ["a", "b"]


def test_an_escape_alone_is_escape() -> None:
    incoming = Incoming()
    assert incoming.take("\x1b") == ("", [])
    assert incoming.holds
    assert incoming.release() == "\x1b"
    assert not incoming.holds


def test_answers_are_taken_out_wherever_they_are_cut() -> None:
    whole = "n \x1b[0n打架\x1b[2;3R\r"
    for cut in range(1, len(whole)):
        incoming = Incoming()
        incoming.probing = 1
        text, answers = "", []
        for piece in (whole[:cut], whole[cut:]):
            kept, found = incoming.take(piece)
            text += kept
            answers += found
        assert text + incoming.release() == "n 打架\r"
        assert answers == [Answer(), Answer(2)]


def test_a_place_nobody_asked_for_is_left_to_textual_and_types_nothing() -> None:
    incoming = Incoming()
    assert incoming.take("\x1b[1;2R") == ("\x1b[1;2R", [])
    assert keys_of("\x1b[1;2R") == []


def test_chinese_in_one_piece_comes_letter_by_letter_unharmed() -> None:
    text = "胜利西路与延安北路交叉口有人持刀打架"
    parser, incoming = XTermParser(), Incoming()
    got = [e.character for e in parser.feed(incoming.take(text)[0]) if isinstance(e, events.Key)]
    assert "".join(letter or "" for letter in got) == text


def test_a_paste_is_one_piece_and_runs_nothing() -> None:
    parser, incoming = XTermParser(), Incoming()
    body = "第一行\r第二行\r\x1b[31mred\x1b[5n"
    kept, answers = incoming.take(PASTE_START + body + PASTE_END)
    pasted = [event for event in parser.feed(kept) if not isinstance(event, events.Key)]
    assert [event.text for event in pasted if isinstance(event, events.Paste)] == ["第一行\r第二行\rred"]
    assert len(pasted) == 1
    assert answers == []


def test_a_paste_that_ends_its_own_bracket_still_runs_nothing() -> None:
    parser, incoming = XTermParser(), Incoming()
    hostile = f"{PASTE_START}nt 1 / x{PASTE_END}\rclose 1\r{PASTE_END}"
    found = list(parser.feed(incoming.take(hostile)[0]))
    assert [type(event) for event in found] == [events.Paste]


def test_a_paste_cut_anywhere_is_the_same_paste() -> None:
    whole = f"{PASTE_START}中文 abc{PASTE_END}"
    for cut in range(1, len(whole)):
        parser, incoming = XTermParser(), Incoming()
        found = []
        for piece in (whole[:cut], whole[cut:]):
            kept, _ = incoming.take(piece)
            found += list(parser.feed(kept)) if kept else []
        assert [event.text for event in found if isinstance(event, events.Paste)] == ["中文 abc"], cut
        assert not [event for event in found if isinstance(event, events.Key)]


def test_a_very_long_paste_is_cut() -> None:
    kept, _ = Incoming().take(PASTE_START + "x" * (2 * LONGEST_PASTE) + PASTE_END)
    assert len(kept) == LONGEST_PASTE + len(PASTE_START) + len(PASTE_END)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_any_bytes_are_survived(encoding: str) -> None:
    chance = random.Random(110)
    decode = getincrementaldecoder(encoding)("replace").decode
    incoming, parser = Incoming(), XTermParser()
    for _ in range(300):
        data = bytes(chance.choice((27, 91, 63, 110, 82, 13, 0xB4, 0xF2, *range(0, 256, 17))) for _ in range(9))
        for event in parser.feed(incoming.take(decode(data))[0]):
            assert event is not None
    kept, _ = incoming.take(f"{PASTE_END}a")
    assert kept.endswith("a") or incoming.holds
