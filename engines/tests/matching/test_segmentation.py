import re

from hypothesis import given, settings
from hypothesis import strategies as st
from silian_engines.matching.segmentation import (
    index_tokens,
    normalised,
    pinyin,
    pinyin_initials,
    pinyin_tokens,
    query_tokens,
)

LEXEME = re.compile(r"[a-z0-9\u3400-\u9fff\U00020000-\U0003134f]{1,40}")


def test_full_width_case_and_formal_digits_are_one():
    assert normalised("ＣＮＣ壹佰") == "cnc一百"


def test_our_own_terms_stay_whole_and_their_parts_are_found():
    tokens = index_tokens("数控车床操作工，产教融合实训基地")
    assert {"数控车床", "车床", "产教融合", "实训基地"} <= set(tokens)


def test_languages_with_signs_survive():
    assert {"cplusplus", "csharp", "dotnet"} <= set(index_tokens("C++、C# 与 .NET 开发"))


def test_a_synonym_finds_the_other_word():
    assert set(query_tokens("程序员")) <= set(index_tokens("招聘软件开发工程师"))
    assert set(query_tokens("外卖员")) <= set(index_tokens("全职骑手"))


def test_pinyin_forms():
    assert pinyin("车工") == "chegong"
    assert pinyin_initials("车工") == "cg"
    assert "chegong" in pinyin_tokens("车工")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_every_token_is_a_plain_lexeme(text):
    for token in (*index_tokens(text), *query_tokens(text)):
        assert LEXEME.fullmatch(token), token


@settings(deadline=None)
@given(st.text(alphabet="数控车床操作工会计老师的和与abc ,，", max_size=30))
def test_a_text_answers_itself_as_a_query(text):
    assert set(query_tokens(text)) <= set(index_tokens(text))
