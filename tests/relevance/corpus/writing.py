"""Writes ``listings.csv`` from the trades and topics: ``python -m tests.relevance.corpus.writing``.

What a listing is about (trade, special, subject) stands in its own columns, which no engine sees
and the judgements rest on. Choices are made by checksum and not at random, so that a new trade
changes no other.
"""

from __future__ import annotations

import csv
import datetime
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LISTINGS = HERE / "listings.csv"
COLUMNS = [
    "id", "trade", "special", "subject", "kind", "side", "division", "place", "organisation",
    "title", "description", "occupation", "industry", "majors", "chain", "quantity",
    "starts_on", "ends_on", "days_old",
]  # fmt: skip
REGIONS = {
    "990102": ("青澜市", "临江区"),
    "990104": ("青澜市", "高新区"),
    "990121": ("青澜市", "石桥县"),
    "990202": ("松岭市", "云台区"),
    "990221": ("松岭市", "白塘县"),
    "990302": ("沙洲市", "港城区"),
    "990321": ("沙洲市", "田川县"),
}
ENTERPRISE, SCHOOL = "企业", "院校"
FIRST_DAY = datetime.date(2026, 3, 1)
PERKS = ("包吃住", "五险一金", "双休", "两班倒", "可接受应届生", "长白班", "")
SURNAMES = ("恒", "启", "瑞", "远", "明", "泰", "禾", "川", "立", "诚", "方", "景")
NAMES = ("工", "达", "科", "和", "源", "新", "润", "联", "博", "成", "安", "创")

# kind, side, how many, who publishes, titles; {post} is another name of the trade each time
PATTERNS: tuple[tuple[str, str, int, str, tuple[str, ...]], ...] = (
    ("job", "demand", 6, ENTERPRISE,
     ("{post}", "{post} {n} 人", "招{post}，{perk}", "急聘{post}", "诚聘{post}（{special}）")),
    ("internship", "demand", 3, ENTERPRISE,
     ("{post}实习 {n} 人", "接收{major}学生岗位实习", "{post}见习生")),
    ("apprenticeship", "demand", 2, ENTERPRISE, ("{post}学徒 {n} 名", "新型学徒制：{post}")),
    ("graduate_cohort", "supply", 3, SCHOOL,
     ("{major}专业 2026 届毕业生 {n} 人", "{major} {n} 名学生求职",
      "{major}班推荐就业，擅长{special}")),
    ("order_class", "demand", 1, ENTERPRISE, ("{post}订单班 {n} 人",)),
    ("order_class", "supply", 1, SCHOOL, ("{major}专业可办冠名班",)),
    ("cooperation", "supply", 1, SCHOOL, ("{major}专业寻企业共建",)),
    ("cooperation", "demand", 1, ENTERPRISE, ("与院校共建{major}实训基地",)),
    ("technical_problem", "demand", 2, ENTERPRISE, ("{problem}", "求解：{problem}")),
    ("research_result", "supply", 2, SCHOOL, ("{result}", "专利许可：{result}")),
    ("technical_service", "supply", 2, SCHOOL,
     ("承接{special}加工与试制" , "{gear}对外技术服务")),
    ("technical_service", "demand", 1, ENTERPRISE, ("委托{special}技术服务",)),
    ("equipment_hours", "supply", 3, SCHOOL, ("{gear}机时", "{gear}开放共享")),
    ("equipment_hours", "demand", 1, ENTERPRISE, ("求租{gear}",)),
    ("training_places", "supply", 3, SCHOOL,
     ("{course}实训工位 {n} 个", "{gear}实训，{n} 个工位", "{major}实训室开放")),
    ("training_places", "demand", 1, ENTERPRISE, ("找{course}实训场所",)),
    ("course_package", "supply", 3, SCHOOL, ("{course}培训班", "{course}送教上门")),
    ("course_package", "demand", 1, ENTERPRISE, ("采购员工{course}培训",)),
    ("teacher_mentor", "supply", 1, SCHOOL, ("{course}教师可下企业",)),
    ("teacher_mentor", "demand", 1, SCHOOL, ("聘{course}产业导师",)),
    ("demonstration_project", "supply", 1, SCHOOL, ("{major}专业校企合作案例",)),
)  # fmt: skip
SUBJECTS = {"problem": "problems", "result": "results", "gear": "gear", "course": "courses"}
ABOUT_PEOPLE = {"job", "internship", "apprenticeship", "graduate_cohort", "order_class"}
PERIODS = {"internship", "apprenticeship", "graduate_cohort", "order_class", "training_places",
           "teacher_mentor", "equipment_hours"}  # fmt: skip


def pick(choices: Sequence[Any], *key: object) -> Any:
    """One of the choices, always the same for the same key."""
    return choices[zlib.crc32("/".join(map(str, key)).encode()) % len(choices)]


def turn(choices: Sequence[Any], place: int, *key: object) -> Any:
    """One after the other from a start that the key gives, so that all of them come up."""
    start = zlib.crc32("/".join(map(str, key)).encode())
    return choices[(start + place) % len(choices)]


def trades() -> dict[str, dict[str, Any]]:
    return {
        key: trade
        for name in ("trades_making.toml", "trades_serving.toml")
        for key, trade in tomllib.loads((HERE / name).read_text(encoding="utf-8")).items()
    }


def topics() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "topics.toml").read_text(encoding="utf-8"))


def rows() -> Iterator[dict[str, Any]]:
    number = 0
    for key, trade in trades().items():
        for kind, side, many, publisher, titles in PATTERNS:
            for place in range(many):
                number += 1
                yield row_of_trade(number, key, trade, kind, side, publisher,
                                   titles[place % len(titles)], place)  # fmt: skip
    for key, topic in topics().items():
        for place, title in enumerate(topic["titles"]):
            number += 1
            yield row_of_topic(number, key, topic, title, place)


def row_of_trade(
    number: int, key: str, trade: dict[str, Any], kind: str, side: str, publisher: str,
    title: str, place: int,
) -> dict[str, Any]:  # fmt: skip
    seed = (key, kind, side, place)
    special = turn([*trade["special"], None], place, *seed[:3])
    words = words_of(trade, seed, special)
    subject = next((words[name] for name in SUBJECTS if f"{{{name}}}" in title), "")
    quantity = pick((5, 8, 12, 20, 30, 40), *seed, "n")
    return {
        **base(number, seed, publisher=publisher),
        "trade": key,
        "special": (special or trade["special"][0])[0] if "{special}" in title or special else "",
        "subject": subject,
        "kind": kind,
        "side": side,
        "title": " ".join(title.format(**{**words, "n": quantity}).split()).removesuffix("，"),
        "description": description(trade, kind, words, seed, special),
        "occupation": trade["occupation"] if pick((1, 1, 0), *seed, "coded") else "",
        "industry": trade["industry"],
        "majors": " ".join(trade["majors"]) if pick((1, 1, 0), *seed, "major") else "",
        "chain": trade["chain"] if pick((1, 0), *seed, "chain") else "",
        "quantity": quantity if kind in ABOUT_PEOPLE | {"training_places"} else "",
        **period(kind, seed),
    }


def words_of(trade: dict[str, Any], seed: tuple[Any, ...], special: Any) -> dict[str, str]:
    """What fills the patterns: this time's name of the work, machine, course, problem."""
    group = special or trade["special"][0]
    return {
        "post": turn(trade["posts"], seed[3], *seed[:3], "post"),
        "major": trade["major"],
        "perk": pick(PERKS, *seed, "perk"),
        "special": pick(group, *seed, "saying"),
        "gear": turn(trade["gear"], seed[3], *seed[:3], "gear"),
        "course": turn(trade["courses"], seed[3], *seed[:3], "course"),
        "problem": turn(trade["problems"], seed[3], *seed[:3])[0],
        "result": turn(trade["results"], seed[3], *seed[:3]),
    }


def description(
    trade: dict[str, Any], kind: str, words: dict[str, str], seed: tuple[Any, ...], special: Any
) -> str:
    """Who needs people tells of tasks, who teaches tells of courses and machines."""
    tasks = [turn(trade["does"], place, *seed, "task") for place in range(2)]
    courses = [turn(trade["courses"], place, *seed, "taught") for place in range(2)]
    also = f"熟悉{pick(special, *seed, 'also')}。" if special else ""
    demanded = seed[2] == "demand"
    if kind == "technical_problem":
        target = next(goal for name, goal in trade["problems"] if name == words["problem"])
        return f"现状影响交付，目标：{target}。"
    if kind in ("research_result", "technical_service"):
        return f"{'希望' if demanded else '团队长期'}研究{words['course']}，可到现场。{also}"
    if kind == "equipment_hours":
        return f"{'自带料，' if demanded else '可配操作员，'}适合{tasks[0]}。"
    if kind in ("job", "internship", "apprenticeship"):
        return f"主要做：{'，'.join(tasks)}。{also}"
    if demanded:
        return f"员工日常{tasks[0]}，现有{words['gear']}。{also}"
    return f"开设{'、'.join(dict.fromkeys(courses))}；配{words['gear']}。{also}"


def base(number: int, seed: tuple[Any, ...], *, publisher: str) -> dict[str, Any]:
    division = turn(list(REGIONS), seed[3], *seed[:3], "division")
    city, county = REGIONS[division]
    return {
        "id": f"L{number:04d}",
        "division": division,
        "place": pick((f"{city}{county}", "", f"{county}产业园"), *seed, "place"),
        "organisation": organisation(seed, city=city, publisher=publisher),
        "days_old": pick(range(1, 90), *seed, "age"),
    }


def organisation(seed: tuple[Any, ...], *, city: str, publisher: str) -> str:
    stem = city.removesuffix("市")
    if publisher == SCHOOL:
        return stem + pick(("职业技术学院", "技师学院", "工业学校", "应用科技大学"), *seed, "who")
    first, second = pick(SURNAMES, *seed, "a"), pick(NAMES, *seed, "b")
    return f"{stem}{first}{second}{pick(('实业', '集团', '公司', '厂'), *seed, 'c')}"


def period(kind: str, seed: tuple[Any, ...]) -> dict[str, Any]:
    if kind not in PERIODS:
        return {"starts_on": "", "ends_on": ""}
    start = FIRST_DAY + datetime.timedelta(days=pick((30, 90, 150, 180), *seed, "start"))
    return {"starts_on": start, "ends_on": start + datetime.timedelta(days=180)}


def row_of_topic(
    number: int, key: str, topic: dict[str, Any], title: str, place: int
) -> dict[str, Any]:
    seed = (key, topic["kind"], topic["side"], place)
    publisher = SCHOOL if topic["kind"] in ("venue", "cooperation") else ENTERPRISE
    return {
        **dict.fromkeys(COLUMNS, ""),
        **base(number, seed, publisher=publisher),
        "trade": key,
        "subject": title,
        "kind": topic["kind"],
        "side": topic["side"],
        "title": title,
        "description": topic["text"],
        "occupation": topic.get("occupation", ""),
    }


def main() -> None:
    with LISTINGS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    main()
