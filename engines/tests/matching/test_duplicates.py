from hypothesis import given, settings
from hypothesis import strategies as st
from silian_engines.matching.duplicates import (
    PostingFacts,
    duplicate_groups,
    organisation_key,
    text_similarity,
)

TEXT = "负责数控车床的日常操作与保养，按图纸加工零件，做好首件检验和交接班记录。" * 3


def posting(id, **facts):
    defaults = {"organisation": "昆山精工有限公司", "title": "数控车工", "region_code": "320583"}
    return PostingFacts(id=id, **defaults | facts)


def groups_of(*postings):
    return [group.ids for group in duplicate_groups(postings=postings)]


def test_noise_in_a_title_does_not_hide_a_repeat():
    assert groups_of(posting("a"), posting("b", title="急招数控车工（包吃住）")) == [("a", "b")]


def test_the_legal_form_does_not_matter():
    assert organisation_key("昆山精工（集团）有限公司") == organisation_key("昆山精工集团")


def test_another_place_employer_or_trade_is_no_repeat():
    others = [
        posting("b", region_code="440106"),
        posting("c", organisation="苏州精工有限公司"),
        posting("d", title="仓库管理员"),
    ]
    assert groups_of(posting("a"), *others) == []


def test_the_same_title_with_another_text_is_no_repeat():
    other = "从事大型龙门铣床编程，需要五轴经验，负责航空零件的试制和工艺改进，带领学徒。" * 3
    assert groups_of(posting("a", text=TEXT), posting("b", text=other)) == []


def test_a_similar_title_with_the_same_text_is_a_repeat():
    pair = (
        posting("a", text=TEXT, title="数控车床操作工"),
        posting("b", text=TEXT + "欢迎加入！", title="数控车床操作工人"),
    )
    assert groups_of(*pair) == [("a", "b")]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_text_is_like_itself(text):
    assert text_similarity(text, text) == 1.0


@settings(deadline=None)
@given(st.lists(st.sampled_from(["车工", "铣工", "急招车工", "焊工+双休", "焊工"]), max_size=12))
def test_no_posting_is_in_two_groups(titles):
    found = groups_of(*(posting(str(i), title=t) for i, t in enumerate(titles)))
    members = [id for group in found for id in group]
    assert len(members) == len(set(members))
