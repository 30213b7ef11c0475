"""How lines become a clause tree."""

import pytest
from silian_engines.policy_documents.parsing import parse_policy

SHELL = "某市关于推进办学的意见\n\n各县（市、区）人民政府：\n\n为推进办学，提出如下意见。\n\n"


def paths(text):
    return [clause.path for clause in parse_policy(text=SHELL + text).clauses]


def test_a_box_stands_beside_the_task_above_it():
    text = (
        "一、任务\n\n（一）平台\n\n1．建平台。搭好平台。（责任单位：市教育局）\n"
        "专栏1 平台工程\n每年建设5个平台。\n\n2．用平台。用好平台。（责任单位：市教育局）\n"
    )
    assert [path[-1] for path in paths(text)] == ["1．建平台", "专栏1平台工程", "2．用平台"]


def test_an_article_is_a_clause_and_its_items_are_not():
    text = (
        "## 第一章 总则\n\n第一条 为办学，制定本办法。\n\n第二条 下列行为应改正：\n\n"
        "（一）不办学的；\n\n（二）乱办学的。\n\n"
        "## 第二章 附则\n\n第三条 本办法自公布之日起施行。\n"
    )
    assert paths(text) == [
        ("第一章总则", "第一条"),
        ("第一章总则", "第二条"),
        ("第二章附则", "第三条"),
    ]


def test_items_that_end_in_semicolons_belong_to_the_clause_that_lists_them():
    text = (
        "一、任务\n\n（一）要求。做到以下几点：\n\n1.守法；\n\n2.守信。\n\n（二）监督。加强监督。\n"
    )
    assert [path[-1] for path in paths(text)] == ["（一）要求", "（二）监督"]


def test_unnumbered_bold_and_dashed_headings_are_clauses():
    text = (
        "一、要求\n\n（一）原则\n\n**统筹推进。**坚持全市一盘棋。\n\n**分类指导。**坚持一校一策。\n\n"
        "（二）目标\n\n——规模扩大。建成一批学校。\n\n——质量提升。办好每所学校。\n"
    )
    assert [path[-1] for path in paths(text)] == [
        "统筹推进",
        "分类指导",
        "——规模扩大",
        "——质量提升",
    ]


def test_a_place_that_begins_with_a_numeral_is_no_heading():
    text = "一、任务\n\n（一）办学。办好学校，\n\n三门镇职业学校要带头，\n\n五年一贯制要办好。\n"
    assert paths(text) == [("一、任务", "（一）办学")]


def test_page_numbers_and_rules_leave_no_trace():
    text = "一、任务\n\n（一）办学。办好职业学\n\n— 3 —\n\n---\n\n校，培养人才。（市教育局负责）\n"
    clause = parse_policy(text=SHELL + text).clauses[0]
    assert clause.text == "（一）办学。办好职业学校，培养人才。（市教育局负责）"


def test_a_text_broken_at_a_fixed_width_keeps_its_headings():
    text = (
        "一、任务\n（一）统筹职业教育布局与产业升级相\n适应促进区域协调发展。坚持规划先行，\n"
        "把职业教育办到产业园区，让学校随着\n产业走，让人才随着企业走，形成教育和\n"
        "产业同频共振的格局，服务好全市发展\n的大局，办好人民满意的教育事业，让每\n"
        "个学生都有出彩的机会，让每个企业都\n有合用的人才。（市教育局负责）\n"
    )
    assert [path[-1] for path in paths(text)] == [
        "（一）统筹职业教育布局与产业升级相适应促进区域协调发展"
    ]


def test_a_second_plan_in_the_same_file_starts_its_own_tree():
    text = (
        "一、任务\n\n（一）办学。办好学校。（市教育局负责）\n\n本措施自印发之日起施行。\n\n"
        "某市职业教育发展行动计划\n\n为推进办学，制定本计划。\n\n"
        "一、目标\n\n（一）规模。扩大规模。（市教育局负责）\n"
    )
    clauses = parse_policy(text=SHELL + text).clauses
    assert [clause.path[0] for clause in clauses] == ["一、任务", "一、目标"]
    assert "施行" not in clauses[0].text
    assert "行动计划" not in clauses[0].text


def test_an_introduction_is_kept_only_when_it_binds_someone():
    text = (
        "一、任务\n\n（一）目标。到2025年，建成10所学校。\n\n1.建校。建好学校。\n\n"
        "（二）要求。重点做好以下工作。\n\n1.办学。办好学校。\n"
    )
    assert [path[-1] for path in paths(text)] == ["（一）目标", "1.建校", "1.办学"]


def test_a_deadline_in_an_introduction_governs_the_items_below():
    text = "一、目标\n\n（一）指标\n\n到2027年，实现以下目标。\n\n——规模扩大。建成6所学校。\n"
    bound = parse_policy(text=SHELL + text).clauses[-1].numeric_targets[0]
    assert (bound.values, bound.deadline) == ((6,), "2027")


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        (
            ["第一部分 要求", "一、目标", "办好学校。", "第二部分 任务", "一、平台", "建好平台。"],
            [("第一部分要求", "一、目标"), ("第二部分任务", "一、平台")],
        ),
        (
            ["一.要求", "办好学校。", "二.任务", "1、平台。建好平台。", "2、活动。办好活动。"],
            [("一.要求",), ("二.任务", "1、平台"), ("二.任务", "2、活动")],
        ),
        (
            ["1.要求", "1.1目标", "办好学校。", "2.任务", "2.1平台", "建好平台。"],
            [("1.要求", "1.1目标"), ("2.任务", "2.1平台")],
        ),
        (
            ["一、任务", "行动一：平台", "建好平台。", "行动二：活动", "办好活动。"],
            [("一、任务", "行动一：平台"), ("一、任务", "行动二：活动")],
        ),
    ],
)
def test_rarer_numberings_are_levels_too(lines, paths):
    text = "\n\n".join(
        [
            "某市关于推动职业学校与企业共同办学的意见",
            *lines,
            "认真落实上述任务，按月报告进展，年底统一考核。",
        ]
    )
    assert [clause.path for clause in parse_policy(text=text).clauses] == paths


def test_a_decimal_with_a_unit_is_no_label():
    text = (
        "某市关于推动职业学校与企业共同办学的意见\n\n一、任务\n\n1.扩大招生。当年在校生规模达到\n\n"
        "1.5万人，新增专业5个。\n\n2.办好活动。每年组织一次。\n"
    )
    assert [clause.heading for clause in parse_policy(text=text).clauses] == [
        "扩大招生",
        "办好活动",
    ]
