"""A thousand damaged documents: no crash, no false certainty.

A claim (a body's name, a document number, a date) is falsely certain when no doubt overlaps
its place and its value is neither printed there nor claimed in the undamaged document.
"""

import random

import pytest
from silian_engines.policy_documents.errors import NotAPolicyDocument
from silian_engines.policy_documents.parsing import parse_policy

SEEDS = 1000
FIRST = ("yunhe_plan.md", "qingshui_opinion.txt", "linjiang_measures.txt")
HABITS = tuple(
    f"habits/{name}"
    for name in ("beishan_plan.txt", "luoxi_county.txt", "lanwan_tasks.md", "hengling_province.txt")
)
BRACKETS = "（）()〔〕《》<>[]“”"


def dropped(text, chance):
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def doubled(text, chance):
    at = chance.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def split(text, chance):
    at = chance.randrange(1, len(text))
    return f"{text[:at]}\n\n{text[at:]}"


def without_a_bracket(text, chance):
    places = [index for index, character in enumerate(text) if character in BRACKETS]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1 :]


def repeated_across_a_break(text, chance):
    at = chance.randrange(4, len(text))
    return f"{text[:at]}\n\n{text[at - 2 : at]}{text[at:]}"


DAMAGES = (dropped, doubled, split, without_a_bracket, repeated_across_a_break)


def damaged(text, seed):
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 12)):
        text = chance.choice(DAMAGES)(text, chance)
    return text


def claims(document):
    """Every value that the document states as read, with its place."""
    for clause in document.clauses:
        for tail in clause.tails:
            for member in tail.members:
                yield member.name, (member.start, member.end)
    header = document.header
    for name in ("doc_number", "date"):
        value = getattr(header, name)
        if value and name in header.spans:
            yield value, header.spans[name]


def false_certainties(document, true_values):
    for value, (start, end) in claims(document):
        printed = "".join(document.text[start:end].replace("**", "").split())
        doubted = any(each.start < end and start < each.end for each in document.doubts)
        as_printed = value in printed or value == whole_date(printed)
        if not (doubted or as_printed or value in true_values):
            yield value, printed


def unprinted_bounds(document):
    """Targets and goals whose words do not stand where they say."""
    for clause in document.clauses:
        for bound in (*clause.numeric_targets, *clause.dated_goals):
            printed = "".join(document.text[bound.start : bound.end].replace("**", "").split())
            if bound.phrase not in printed.replace("*", ""):
                yield bound.phrase, printed


def whole_date(printed):
    """The date that 年月日 spell out in full, in ISO form."""
    digits = printed.strip("（()）").replace("年", "-").replace("月", "-").rstrip("日")
    parts = digits.split("-")
    return "-".join(part.zfill(2) for part in parts) if len(parts) == 3 else None


@pytest.mark.parametrize("name", [*FIRST, *HABITS])
def test_damage_never_leads_to_false_certainty(invented, name):
    clean = invented(name)
    true_values = {value for value, _ in claims(clean)} | {*clean.header.date_candidates}
    found = []
    for seed in range(SEEDS // len(FIRST) + 1 if name in FIRST else 120):
        text = damaged(clean.text, seed)
        document = parse_policy(text=text, file_name=name)
        found.extend((seed, *each) for each in false_certainties(document, true_values))
        found.extend((seed, *each) for each in unprinted_bounds(document))
    assert found == []


@pytest.mark.parametrize("name", ["yunhe_plan.md", "qingshui_opinion.txt"])
def test_damage_is_read_the_same_way_every_time(invented, name):
    text = damaged(invented(name).text, 7)
    assert parse_policy(text=text) == parse_policy(text=text)


@pytest.mark.parametrize("seed", range(60))
def test_any_fragment_is_read_or_refused(invented, seed):
    chance = random.Random(seed)
    text = invented("qingshui_opinion.txt").text
    start = chance.randrange(len(text))
    fragment = text[start : start + chance.randrange(200)]
    assert outcome(fragment) in ("read", "refused")


def outcome(text):
    """Whether a text is read, or refused as no document; anything else is a crash."""
    try:
        parse_policy(text=text)
    except NotAPolicyDocument:
        return "refused"
    return "read"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "flood",
    [
        "（" * 9000,
        "《" * 9000,
        "（市教育局" + "组织" * 150 + "甲）",
        "（市教育局按" + "职责分工" * 80 + "甲）",
        "责任单位：" * 2000,
        "1" * 9000,
        "到2025年、" * 900,
        "市局" * 3000,
    ],
)
def test_a_flood_of_signs_is_read_in_time(flood):
    document = parse_policy(
        text=f"某市关于办学的意见\n\n一、任务\n\n1.推进。落实各项工作任务，办好职业教育，服务全市发展。{flood}\n"
    )
    assert document.clauses
