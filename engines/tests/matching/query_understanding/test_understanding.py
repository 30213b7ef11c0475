"""What a mistyped query is read as, and what is left alone."""

import pytest
from silian_engines.matching.query_understanding.misspelling import WAYS, misspellings
from silian_engines.matching.query_understanding.understanding import Understood, understand
from silian_engines.matching.query_understanding.vocabulary import Vocabulary

FREQUENCIES = {
    "数控": 900, "车床": 400, "数控车床": 300, "数控车工": 200, "机床": 300, "智能制造": 250,
    "人工智能": 260, "人工": 500, "只能": 40, "工业机器人": 180, "机器人": 220, "新能源汽车": 150,
    "会计": 600, "护理": 500, "钳工": 90, "装配": 300, "装配钳工": 30, "动力电池": 80, "银行": 70,
    "行业": 900, "python": 40, "plc": 60, "编程": 200, "软件工程师": 90, "铣": 20, "绿色": 10,
}  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(FREQUENCIES)


@pytest.mark.parametrize(
    ("typed", "meant", "how"),
    [
        ("shukong", "数控", "pinyin"),
        ("ShuKong", "数控", "pinyin"),
        ("shu kong", "数控", "pinyin"),
        ("shukongchechuang", "数控车床", "pinyin"),
        ("skcc", "数控车床", "initials"),
        ("shukogn", "数控", "letters"),
        ("pyhton", "python", "letters"),
        ("数kong车床", "数控车床", "pinyin"),
        ("yinhang", "银行", "pinyin"),
        ("lvse", "绿色", "pinyin"),
        ("会记", "会计", "same_sound"),
        ("工业机七人", "工业机器人", "same_sound"),
        ("软件工陈师", "软件工程师", "near_sound"),
        ("新能猿汽车", "新能源汽车", "same_sound"),
        ("智能制告", "智能制造", "wrong"),
        ("新能汽车", "新能源汽车", "missing"),
        ("动力大电池", "动力电池", "extra"),
        ("软工件程师", "软件工程师", "swapped"),
        ("制造智能数控床车", "制造智能数控车床", "swapped"),
    ],
)
def test_a_mistyped_query_is_read_as_meant(
    vocabulary: Vocabulary, typed: str, meant: str, how: str
) -> None:
    understood = understand(typed, vocabulary)
    assert understood.text == meant
    assert [change.how for change in understood.corrections] == [how] * bool(how)


@pytest.mark.parametrize("text", ["数控 车床", "数控车床编程", "plc编程", "人工智能", "python 3"])
def test_known_words_stay_as_typed(vocabulary: Vocabulary, text: str) -> None:
    assert understand(text, vocabulary).corrections == ()


def test_words_that_stand_side_by_side_are_known_in_every_pair(vocabulary: Vocabulary) -> None:
    words = [word for word in FREQUENCIES if not word.isascii() and len(word) > 1]
    for first in words:
        for second in words:
            understood = understand(first + second, vocabulary)
            assert understood.text == first + second or not understood.is_sure


def test_a_change_inside_a_known_word_is_only_asked_about(vocabulary: Vocabulary) -> None:
    understood = understand("人工只能", vocabulary)
    assert understood.text == "人工智能"
    assert not understood.is_sure


def test_text_without_a_likely_meaning_is_left_alone(vocabulary: Vocabulary) -> None:
    for text in ("", "  ", "xqzwv", "魑魅魍魉", "！？", "12345", "a" * 500):
        assert not understand(text, vocabulary).corrections


def test_initials_offer_every_usual_word(vocabulary: Vocabulary) -> None:
    understood = understand("hy", Vocabulary({"行业": 9, "化验": 5}))
    assert understood.pinyin_readings[0].words == ("行业", "化验")
    assert understood.alternatives == ("化验",)


def test_every_change_and_synonym_is_explained(vocabulary: Vocabulary) -> None:
    understood = understand("码农 shukong", vocabulary)
    assert understood.words == ("软件工程师", "数控")
    assert understood.explain == (
        "拼音“shukong”读作“数控”",
        "“码农”按同义词“软件工程师”查找",
    )


def test_completions_come_from_characters_pinyin_and_initials(vocabulary: Vocabulary) -> None:
    assert vocabulary.completions("数", limit=2) == ["数控", "数控车床"]
    assert vocabulary.completions("shuk", limit=1) == ["数控"]
    assert vocabulary.completions("skcc", limit=5) == ["数控车床"]
    assert vocabulary.completions("数控车床", limit=5) == []


def test_a_word_outside_the_vocabulary_is_never_offered() -> None:
    understood = understand("jimixiangmu", Vocabulary({"数控": 3}))
    assert isinstance(understood, Understood)
    assert understood.text == "jimixiangmu"


def test_most_generated_misspellings_are_put_right(vocabulary: Vocabulary) -> None:
    words = [word for word in FREQUENCIES if not word.isascii() and len(word) > 1]
    cases = list(misspellings(words, count=200, seed=5, known=vocabulary.knows))
    right = [case for case in cases if understand(case.typed, vocabulary).text == case.meant]
    assert {case.how for case in cases} == set(WAYS)
    assert len(right) >= 180
