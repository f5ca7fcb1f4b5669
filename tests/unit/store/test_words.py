"""What a question finds, in the real index: two Chinese characters inside a longer run, and callers only as wholes."""

from __future__ import annotations

import apsw
import pytest

from zz110_tui.store.words import caller_tokens, question, tokens

TEXT = "两人持刀打架者，在江滨公园 KTV-302，车牌闽E12345，欠款5000元"


def finds(asked: str, text: str = TEXT, caller: str = "欧阳建国", contact: str = "139-1234-2207") -> bool:
    database = apsw.Connection(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\")"
    ).fetchall()
    found = [*tokens([text]), *caller_tokens(caller, contact)]
    database.execute("INSERT INTO words VALUES (?)", (" ".join(found),)).fetchall()
    expression = question(asked)
    return bool(expression) and bool(
        database.execute("SELECT 1 FROM words WHERE words MATCH ?", (expression,)).fetchall()
    )


@pytest.mark.parametrize(
    "asked",
    ["打架", "持刀", "架者", "江滨", "公园", "江滨公园", "两人持刀打架者", "者", "园", "刀", "ktv", "ＫＴＶ", "KT",
     "302", "5000", "闽E12345", "打架 江滨", "公园 打架"],
)  # fmt: skip
def test_a_word_is_found_where_it_stands(asked: str) -> None:
    assert finds(asked)


@pytest.mark.parametrize("asked", ["打人", "刀打人", "架在", "公架", "打架 学校", "30", "500", ""])
def test_what_is_not_there_is_not_found(asked: str) -> None:
    assert not finds(asked)


@pytest.mark.parametrize("asked", ["欧阳建国", "欧", "13912342207", "139-1234-2207", "2207"])
def test_a_caller_is_found_by_what_is_known_or_shown(asked: str) -> None:
    assert finds(asked)


@pytest.mark.parametrize("asked", ["建国", "阳", "国", "1391", "139123", "12342207", "207", "34220"])
def test_a_hidden_part_of_a_caller_is_no_way_to_the_rest(asked: str) -> None:
    assert not finds(asked)


@pytest.mark.parametrize("asked", ['"', "* OR 打架", "text:打架", "NEAR(a b)", "-打架", "(", "打架'; DROP", "\0", "^"])
def test_no_sign_steers_the_index(asked: str) -> None:
    finds(asked)
