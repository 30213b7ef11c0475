"""Marks stand where the words are, and the text itself is never changed."""

import pytest
from silian_engines.matching.query_understanding.marking import excerpt, marked


def shown(segments) -> str:
    return "".join(f"[{one.text}]" if one.marked else one.text for one in segments)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("招数控车床操作工 3 名", ("数控", "车床"), "招[数控][车床]操作工 3 名"),
        ("招码农，懂Ｐｙｔｈｏｎ", ("软件工程师", "python"), "招[码农]，懂[Ｐｙｔｈｏｎ]"),
        ("chromium three HR", ("人力资源",), "chromium three [HR]"),
        ("会 C++ 者优先", ("cplusplus",), "会 [C++] 者优先"),
        ("<b>数控</b>&amp;", ("数控", "b"), "<[b]>[数控]</[b]>&amp;"),
        ("㈱ 数控", ("数控",), "㈱ [数控]"),
        ("数控", (), "数控"),
        ("", ("数控",), ""),
    ],
)
def test_words_and_their_synonyms_are_marked(text: str, words, expected: str) -> None:
    segments = marked(text, words)
    assert shown(segments) == expected
    assert "".join(one.text for one in segments) == text


def test_an_excerpt_shows_the_first_word_with_what_stands_around_it() -> None:
    text = "本公司成立于二十年前。" * 20 + "需要五轴加工经验。" + "地址在高新区。" * 20
    segments = excerpt(text, ("五轴",), length=60)
    assert "[五轴]" in shown(segments)
    assert len("".join(one.text for one in segments)) == 62
    assert shown(excerpt(text, ("没有",), length=10)) == "本公司成立于二十年前…"[:10] + "…"
