"""The ways in which a tail says who must act."""

import pytest
from silian_engines.policy_documents.parsing import parse_policy

SHELL = (
    "某市关于推进工作的意见\n\n各县（市、区）人民政府：\n\n"
    "为推进工作，提出如下意见。\n\n一、任务\n\n"
)


def tail_of(text):
    document = parse_policy(text=f"{SHELL}1.推进工作。把各项工作落到实处，完善工作机制。{text}\n")
    tails = document.clauses[0].tails
    assert len(tails) == 1
    return tails[0]


@pytest.mark.parametrize(
    ("text", "names", "leading"),
    [
        ("（市教育局负责）", ["市教育局"], []),
        ("（市教育局、市财政局分工负责)", ["市教育局", "市财政局"], []),
        (
            "（市教育局牵头，市财政局、市税务局配合）",
            ["市教育局", "市财政局", "市税务局"],
            ["市教育局"],
        ),
        (
            "（市教育局会同市财政局及有关部门负责）",
            ["市教育局", "市财政局", "有关部门"],
            ["市教育局"],
        ),
        ("（市教育局和市商务局分别负责）", ["市教育局", "市商务局"], []),
        ("（由市教育局牵头，市发改委参与）", ["市教育局", "市发改委"], ["市教育局"]),
        ("（市教育局负责牵头，市商务局协助配合）", ["市教育局", "市商务局"], ["市教育局"]),
        ("（责任单位：市教育局（牵头）、市商务局）", ["市教育局", "市商务局"], ["市教育局"]),
        ("（牵头单位：县教育局；配合单位：县财政局）", ["县教育局", "县财政局"], ["县教育局"]),
        ("（牵头单位：区教委）（配合单位：区财政局）", ["区教委", "区财政局"], ["区教委"]),
        ("[责任单位:市教育局,各区、县(市)政府]", ["市教育局", "各区、县(市)政府"], []),
        ("【责任部门：市委编办、市人社局】", ["市委编办", "市人社局"], []),
        ("\n\n责任单位：市教育局、市财政局", ["市教育局", "市财政局"], []),
        ("（各区政府，市教育局）", ["各区政府", "市教育局"], []),
        ("（各市、县人民政府，省教育厅负责）", ["各市、县人民政府", "省教育厅"], []),
        ("（市委组织部、宣传部，市教育局负责）", ["市委组织部", "市委宣传部", "市教育局"], []),
        (
            "（责任单位：州教育局、发展改革委、各县市政府）",
            ["州教育局", "州发展改革委", "各县市政府"],
            [],
        ),
        ("（责任单位：省教育厅、地方金融监管局）", ["省教育厅", "省地方金融监管局"], []),
        (
            "（责任单位：市教育局、团市委、人民银行某市中心支行）",
            ["市教育局", "团市委", "人民银行某市中心支行"],
            [],
        ),
    ],
)  # fmt: skip
def test_names_and_leads(text, names, leading):
    members = tail_of(text).members
    assert [member.name for member in members] == names
    assert [member.name for member in members if member.leads] == leading


@pytest.mark.parametrize(
    "text",
    [
        "建设一批实训设施（实验实习场所）。",
        "支持院校（含中专学校，下同）办学。",
        "成立工作专班（名单见附件）。",
        "完善目录（由教育部门负责解释的除外）。",
    ],
)
def test_other_brackets_are_no_tails(text):
    document = parse_policy(text=f"{SHELL}1.推进工作。把各项工作落到实处，完善机制。{text}\n")
    assert document.clauses[0].tails == ()


def test_an_open_list_names_its_members_and_says_so():
    tail = tail_of("（市教育局、市人社局等部门按职责分工负责）")
    assert [member.name for member in tail.members] == ["市教育局", "市人社局"]
    assert tail.open_ended_text == "市人社局等部门"


def test_a_time_inside_a_tail_is_no_body():
    tail = tail_of("（责任单位：市教育局；完成时限：2025年12月底前）")
    assert [member.name for member in tail.members] == ["市教育局"]
    assert tail.due == "2025年12月底前"


def test_a_lost_closing_bracket_is_read_and_doubted():
    text = f"{SHELL}1.推进工作。把各项工作落到实处，完善机制。（责任单位：市教育局、市财政局\n"
    document = parse_policy(text=text)
    assert document.clauses[0].departments == ("市教育局", "市财政局")
    assert [doubt.kind for doubt in document.doubts] == ["tail_bracket"]


def test_names_run_together_are_parted_where_both_are_complete():
    document = parse_policy(
        text=f"{SHELL}1.推进工作。把各项工作落到实处。（责任单位：市教育局市财政局、市税务局）\n"
    )
    assert document.clauses[0].departments == ("市教育局", "市财政局", "市税务局")
    assert document.repairs[0].kind == "split_names"


def test_a_damaged_name_with_two_readings_is_only_doubted():
    document = parse_policy(
        text=f"{SHELL}1.推进工作。把各项工作落到实处。（责任单位：市育局、市财政局）\n"
    )
    doubt = document.doubts[0]
    assert document.clauses[0].departments[0] == "市育局"
    assert {"市教育局", "市体育局"} <= set(doubt.readings)


def test_bare_names_in_mid_sentence_are_an_explanation_not_a_tail():
    document = parse_policy(
        text=f"{SHELL}1.报送材料。材料报送主管部门（市教育局）。做好归档，接受检查，公开结果。\n"
    )
    assert document.clauses[0].tails == ()


def test_a_tail_in_the_heading_is_no_part_of_the_heading():
    document = parse_policy(
        text=f"{SHELL}（一）加强师资（责任单位：市教育局、市人社局）\n\n办好师资培训，用好师资队伍。\n"
    )
    assert document.clauses[0].heading == "加强师资"
    assert document.clauses[0].departments == ("市教育局", "市人社局")


def test_a_remark_inside_a_tail_is_no_body():
    tail = tail_of("（责任单位：市教育局、市财政局。排第一位的为牵头单位，下同）")
    assert [member.name for member in tail.members] == ["市教育局", "市财政局"]
    assert [member.leads for member in tail.members] == [True, False]


def test_labels_on_lines_of_their_own_make_one_tail():
    tail = tail_of(
        "\n\n**牵头单位：**市教育局\n\n**责任单位：**市财政局、税务局\n\n**完成时限：**2025年底"
    )
    assert [member.name for member in tail.members] == ["市教育局", "市财政局", "市税务局"]
    assert [member.leads for member in tail.members] == [True, False, False]
    assert tail.due == "2025年底"
