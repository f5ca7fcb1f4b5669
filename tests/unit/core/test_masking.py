"""Callers' personal data are masked by default."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.masking import mask_contact, mask_name, same_contact


@pytest.mark.parametrize(
    ("contact", "masked"),
    [
        ("13912342207", "139****2207"),
        ("139 1234 2207", "139 **** 2207"),
        ("+86 13912342207", "+86 139****2207"),
        ("+8613912342207", "+86139****2207"),
        ("0596-2881234", "0596-***1234"),
        ("(0596) 2881234", "(0596) ***1234"),
        ("2881234", "***1234"),
        ("110", "**0"),
        ("12345", "****5"),
        ("wxid_lixm", "w********"),
        ("li@example.com", "l*************"),
        ("", ""),
    ],
)
def test_a_contact_keeps_what_tells_callers_apart_and_no_more(contact: str, masked: str) -> None:
    assert mask_contact(contact) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李小明", "李**"),
        ("李明", "李*"),
        ("李", "*"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("John Smith", "J*** S****"),
        ("𠮷野", "𠮷*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_family_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


CONTACTS = st.text(max_size=20) | st.text("0123456789+-() *ab李", max_size=20)


@given(CONTACTS)
def test_what_is_masked_twice_is_masked_alike(text: str) -> None:
    assert mask_contact(mask_contact(text)) == mask_contact(text)
    assert mask_name(mask_name(text)) == mask_name(text)


@given(st.from_regex(r"\*{0,3}[0-9]{7,15}\*{0,3}", fullmatch=True))
def test_a_star_that_somebody_typed_opens_no_number(number: str) -> None:
    assert sum(letter.isdigit() for letter in mask_contact(number)) <= 7 + (4 if number.startswith("00") else 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("13912342207", "13912342207", True),
        ("13912342207", "139****2207", True),
        ("139****2207", "13912342207", True),
        ("139****2207", "139****2207", True),
        ("13912342207", "13912342208", False),
        ("13912342207", "13999992207", False),
        ("13912342207", "139****2208", False),
        ("", "", False),
        ("", "139****2207", False),
    ],
)
def test_a_number_is_known_again_under_its_mask(one: str, other: str, same: bool) -> None:
    assert same_contact(one, other) is same


@given(st.text(max_size=60))
def test_masking_never_fails_and_keeps_the_length(text: str) -> None:
    assert len(mask_contact(text)) == len(text)
    assert len(mask_name(text)) == len(text)


@given(st.from_regex(r"[0-9]{7,15}", fullmatch=True))
def test_of_a_telephone_number_at_most_seven_digits_stay(number: str) -> None:
    assert sum(letter.isdigit() for letter in mask_contact(number)) <= 7 + (4 if number.startswith("00") else 0)
