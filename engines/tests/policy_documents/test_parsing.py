"""Whole documents in different habits, from file text to structure."""

import pytest
from silian_engines.policy_documents.errors import NotAPolicyDocument
from silian_engines.policy_documents.parsing import parse_policy


def clause(document, heading):
    return next(each for each in document.clauses if heading in each.path[-1])


def targets(clause):
    return [(t.values, t.unit, t.op, t.deadline, t.force) for t in clause.numeric_targets]


def test_the_level_comes_from_the_number_not_from_markdown_signs(invented):
    paths = [each.path for each in invented("yunhe_plan.md").clauses]
    assert paths[1] == ("一、目标任务", "（二）主要指标", "1.载体更加完善")
    assert paths[3] == ("二、重点事项", "(一)办好园区学院", "1.健全运行办法")
    assert paths[-1] == ("三、组织保障", "（二）营造氛围")


def test_the_header_is_read_around_a_notice_and_its_plan(invented):
    header = invented("yunhe_plan.md").header
    assert header.title == "云禾市人民政府办公室关于印发云禾市校企协同三年计划的通知"
    assert header.plan_title == "云禾市校企协同三年计划"
    assert header.doc_number == "云政办发〔2023〕18号"
    assert header.issuers == ("云禾市人民政府办公室",)
    assert (header.date, header.print_date) == ("2023-05-06", "2023-05-07")
    assert header.cc == "市委办公室，市人大常委会办公室，市政协办公室"


def test_an_opinion_without_shell_takes_its_date_from_the_end(invented):
    header = invented("qingshui_opinion.txt").header
    assert header.title == "清水市人民政府办公室关于推进技能人才培养的实施意见"
    assert header.plan_title is None
    assert header.date == "2021-03-09"


def test_letters_repeated_across_a_page_break_are_removed_and_recorded(invented):
    document = invented("yunhe_plan.md")
    assert clause(document, "扩大岗位供给").departments == (
        "市工业和信息化局",
        "市人力资源和社会保障局",
        "各县（市、区）人民政府",
    )
    repair = next(each for each in document.repairs if each.kind == "removed_repeat")
    assert repair.reading == "市人力资源和社会保障局"
    printed = document.text[repair.start : repair.end]
    assert "".join(printed.split()) == repair.printed


def test_an_elided_level_is_restored_but_not_onto_other_bodies(invented):
    document = invented("qingshui_opinion.txt")
    assert clause(document, "共建实训中心").departments == (
        "市发展改革委",
        "市教育局",
        "市人力资源社会保障局",
        "市财政局",
        "各县〔市、区〕政府",
    )
    assert clause(document, "规范市场秩序").departments == (
        "市市场监管局",
        "市教育局",
        "人行清水市中心支行",
        "清水职业学院",
    )


def test_a_tail_alone_in_its_paragraph_belongs_to_the_clause_above(invented):
    tail = clause(invented("qingshui_opinion.txt"), "规范市场秩序").tails[0]
    assert tail.raw.startswith("（责任单位：市市场监管局")


def test_paragraphs_with_tails_of_their_own_are_clauses_without_number(invented):
    first, second, *_ = invented("linjiang_measures.txt").clauses
    assert first.path == ("一、支持园区办学", "支持企业牵头办学")
    assert first.number is None
    assert first.lead == ("区教委",)
    assert second.tails[0].due == "2023年底前"


def test_continuous_numbers_run_on_across_parts(invented):
    numbers = [each.number for each in invented("linjiang_measures.txt").clauses[2:]]
    assert numbers == ["1．", "2．", "3．"]


def test_a_damaged_number_has_one_reading_and_a_damaged_date_two(invented):
    document = invented("linjiang_measures.txt")
    header = document.header
    assert (header.doc_number, header.doc_number_raw) == (
        "临江府发〔2021〕6号",
        "临江府发〔20216号",
    )
    assert header.date is None
    assert header.date_candidates == ("2021-01-18", "2021-11-08")
    assert {each.kind for each in document.doubts} == {"doc_number", "date"}


def test_one_deadline_governs_the_list_that_follows(invented):
    goals = invented("qingshui_opinion.txt").clauses[0]
    assert targets(goals) == [
        ((30,), "家", "~", "2025", "target"),
        ((2,), "所", ">=", "2025", "target"),
        ((35,), "%", ">=", "2025", "target"),
        ((5,), "万人", ">=", "2030", "strive"),
    ]
    assert [goal.phrase for goal in goals.dated_goals] == ["到2025年，建成一批开放共享的实训中心"]


def test_a_soft_rule_keeps_its_force(invented):
    document = invented("yunhe_plan.md")
    assert targets(clause(document, "扩大岗位供给"))[0] == (
        (15,),
        "个/校",
        ">=",
        None,
        "encouraged",
    )
    assert targets(clause(document, "推行互聘")) == [
        ((6,), "个月", ">=", None, "mandatory"),
        ((2,), "年", ">=", None, "in_principle"),
    ]


def test_a_window_belongs_to_the_bound_it_precedes(invented):
    bound = clause(invented("yunhe_plan.md"), "推行互聘").numeric_targets[0]
    assert bound.window == {"value": 5, "unit": "年"}


def test_subsidies_are_counted_per_head_and_period(invented):
    funds = clause(invented("qingshui_opinion.txt"), "落实经费保障")
    assert targets(funds) == [
        ((1.2, 2.2), "%", "range", None, "mandatory"),
        ((70,), "%", ">=", None, "mandatory"),
        ((4000,), "元/人·年", "=", None, "mandatory"),
        ((5500,), "元/人·年", "=", None, "mandatory"),
        ((40,), "%", "<=", None, "permitted"),
    ]


def test_a_horizon_without_year_is_kept_as_a_stretch_of_time(invented):
    document = invented("linjiang_measures.txt")
    goal = clause(document, "开展评价").dated_goals[0]
    assert (goal.deadline, goal.horizon) == (None, {"value": 3, "unit": "年", "approx": True})
    assert clause(document, "完善学徒制度").numeric_targets[0].horizon == {"value": 3, "unit": "年"}


def test_bodies_with_a_duty_in_the_text_are_named_outside_tails(invented):
    actors = clause(invented("yunhe_plan.md"), "加强统筹").actors
    assert [(each.name, each.role) for each in actors] == [
        ("市政府办公室", "牵头"),
        ("市教育局", "密切配合"),
        ("市财政局", "密切配合"),
    ]
    inline = clause(invented("qingshui_opinion.txt"), "压实责任")
    assert inline.responsibility == "inline"
    assert inline.departments == ()


def test_a_roster_carries_the_role_over_to_the_following_lines(invented):
    roster = invented("qingshui_opinion.txt").roster
    assert [(each.role, each.name) for each in roster] == [
        ("组长", "林远"),
        ("副组长", "周知行"),
        ("成员", "何田"),
        ("成员", "赵文清"),
    ]
    assert roster[-1].posts == ("清水职业学院党委书记", "清水技师学院院长")


def test_the_documents_own_title_is_not_a_citation(invented):
    cites = invented("yunhe_plan.md").cites
    assert [(each.title, each.number) for each in cites] == [
        ("南岭省人民政府办公厅关于校企协同的若干意见", "南政办发〔2022〕31号")
    ]


@pytest.mark.parametrize("name", ["yunhe_plan.md", "qingshui_opinion.txt", "linjiang_measures.txt"])
def test_every_offset_points_at_the_printed_words(invented, name):
    document = invented(name)

    def printed(span):
        return "".join(document.text[span.start : span.end].replace("**", "").split())

    for each in document.clauses:
        assert printed(each) == each.text
        for tail in each.tails:
            assert printed(tail) == tail.raw
            assert all(printed(member).endswith(member.printed) for member in tail.members)
        for bound in (*each.numeric_targets, *each.dated_goals):
            assert printed(bound) == bound.phrase


def test_a_document_that_says_the_first_listed_leads_is_believed():
    text = (
        "某县关于办学的通知\n\n一、任务\n\n（一）办学。把学校办好，让群众满意，让企业得人。"
        "（责任单位：县教育局、县财政局）\n\n（二）评估。组织评估。（县人社局牵头，县教育局配合）\n\n"
        "注：列第一位的单位为牵头单位。"
    )
    document = parse_policy(text=text)
    assert [each.lead for each in document.clauses] == [("县教育局",), ("县人社局",)]


def test_text_without_chinese_words_is_no_document():
    with pytest.raises(NotAPolicyDocument):
        parse_policy(text="quarterly figures " * 20)
