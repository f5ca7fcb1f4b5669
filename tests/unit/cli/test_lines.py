from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from zz110_tui.cli.lines import LONGEST_LINE, Incoming, Line, Splitter


def split(*chunks: bytes, encoding: str = "utf-8") -> list[Line]:
    splitter = Splitter(encoding)
    lines = [line for chunk in chunks for line in splitter.feed(chunk)]
    return lines + list(splitter.end())


def test_lines_are_whole_however_the_bytes_come() -> None:
    text = "n 打架 @F7\r\nd 07 .\n".encode()
    whole = [Line(1, "n 打架 @F7"), Line(2, "d 07 .")]
    for cut in range(len(text)):
        assert split(text[:cut], text[cut:]) == whole


def test_a_last_line_needs_no_end_of_line() -> None:
    assert split(b"a\nb") == [Line(1, "a"), Line(2, "b")]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert split("\ufeffa\n".encode()) == [Line(1, "a")]


def test_bytes_that_are_no_text_are_told_apart_and_the_next_line_is_read() -> None:
    bad, good = split(b"\xff\xfe n\nd 07\n")
    assert bad.fault == "bad_bytes"
    assert good == Line(2, "d 07")


def test_the_terminals_own_encoding_is_read() -> None:
    assert split("打架\n".encode("gb18030"), encoding="gb18030") == [Line(1, "打架")]


def test_an_endless_line_is_given_up_without_being_kept() -> None:
    chunks = [b"x" * 10_000] * 50 + [b"\n", b"d 07\n"]
    first, second = split(*chunks)
    assert first.fault == "too_long"
    assert len(first.text) < 100
    assert second == Line(2, "d 07")


@pytest.mark.parametrize("length", [LONGEST_LINE, LONGEST_LINE + 1])
def test_the_limit_is_the_same_in_one_chunk_or_in_many(length: int) -> None:
    line = b"x" * length + b"\n"
    faults = {split(line)[0].fault, split(line[:7], line[7:])[0].fault}
    assert faults == ({"too_long"} if length > LONGEST_LINE else {""})


@pytest.mark.parametrize("text", ["", "   ", "# a remark", "  # another"])
def test_empty_lines_and_remarks_are_nothing_to_do(text: str) -> None:
    assert Line(1, text).is_blank


def test_a_line_that_could_not_be_read_is_not_passed_over() -> None:
    assert not Line(1, "", "bad_bytes").is_blank


async def test_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_text("a\nb\n" * 20_000, encoding="utf-8")
    with path.open("rb") as file:
        texts = [line.text async for line in Incoming(file.fileno())]
    assert texts == ["a", "b"] * 20_000


async def test_stop_ends_after_the_line_at_hand() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"a\nb\nc\n")
    incoming = Incoming(reading)
    seen = []
    async for line in incoming:
        seen.append(line.text)
        incoming.stop()
    assert seen == ["a"]
    os.close(writing)


async def test_stop_ends_a_wait_for_a_line_that_never_comes() -> None:
    reading, writing = os.pipe()
    incoming = Incoming(reading)
    asyncio.get_running_loop().call_soon(incoming.stop)
    assert [line async for line in incoming] == []
    os.close(writing)


async def test_half_a_line_is_not_done_when_stopped() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"a\nd 07 14")
    incoming = Incoming(reading)
    seen = []
    async for line in incoming:
        seen.append(line.text)
        asyncio.get_running_loop().call_soon(incoming.stop)
    assert seen == ["a"]
    os.close(writing)
