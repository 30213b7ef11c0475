"""What the demonstration schools teach: majors by school, with short names for their classes."""

from __future__ import annotations

from dataclasses import dataclass

LEAD_SCHOOL = "青澜职业技术学院"
CHAIN_OF_WORD = {
    "数控": "高端装备",
    "机电": "高端装备",
    "模具": "高端装备",
    "智造": "高端装备",
    "机器人": "高端装备",
    "机制": "高端装备",
    "新能源": "新能源电池",
    "储能": "新能源电池",
    "软件": "电子信息",
    "网络": "电子信息",
    "大数据": "电子信息",
    "电子": "电子信息",
    "物联": "电子信息",
    "护理": "康养服务",
    "药学": "康养服务",
    "康复": "康养服务",
    "养老": "康养服务",
    "物流": "现代物流",
    "食品": "绿色食品",
    "农产": "绿色食品",
    "旅游": "文旅服务",
    "酒店": "文旅服务",
    "建工": "绿色建材",
}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One programme: the catalogue's key and the word that its classes are called by."""

    major: str
    word: str


@dataclass(frozen=True, kw_only=True)
class School:
    """What one school teaches, for how many years."""

    years: int
    offers: tuple[Offer, ...]
    is_applied: bool = False


def offers(*pairs: tuple[str, str]) -> tuple[Offer, ...]:
    return tuple(Offer(major=f"2021:{code}", word=word) for code, word in pairs)


COLLEGE_CRAFTS = (
    ("460103", "数控"), ("460301", "机电"), ("460702", "新能源"), ("510203", "软件"),
    ("520201", "护理"),
)  # fmt: skip
SECONDARY_CRAFTS = (
    ("660103", "数控"), ("660301", "机电"), ("700209", "新能源"), ("720201", "护理"),
    ("730801", "物流"),
)  # fmt: skip
SCHOOLS: dict[str, School] = {
    LEAD_SCHOOL: School(
        years=3,
        offers=offers(
            *COLLEGE_CRAFTS,
            ("460113", "模具"), ("460305", "机器人"), ("530802", "物流"), ("530701", "电商"),
            ("510205", "大数据"), ("490101", "食品"), ("540106", "酒店"),
        ),
    ),
    "青澜工业职业学院": School(
        years=3,
        offers=offers(
            *COLLEGE_CRAFTS[:4], ("460201", "智造"), ("430504", "储能"), ("440301", "建工"),
            ("510101", "电子"),
        ),
    ),
    "青澜卫生健康职业学院": School(
        years=3,
        offers=offers(
            ("520201", "护理"), ("520301", "药学"), ("520601", "康复"), ("520803", "养老"),
            ("490104", "食品"), ("520802", "托育"),
        ),
    ),
    "青澜高级技工学校": School(
        years=3, offers=offers(*SECONDARY_CRAFTS[:3], ("660108", "模具"), ("660303", "机器人"))
    ),
    "青澜交通物流学校": School(
        years=3,
        offers=offers(
            ("730801", "物流"), ("700209", "新能源"), ("700604", "轨道"), ("700206", "汽修"),
            ("730701", "电商"),
        ),
    ),
    "青澜市职业教育中心": School(
        years=3,
        offers=offers(
            *SECONDARY_CRAFTS, ("730701", "电商"), ("730301", "会计"), ("740101", "旅游"),
        ),
    ),
    "汀县职业高级中学": School(
        years=3,
        offers=offers(
            ("610115", "农产"), ("660301", "机电"), ("730701", "电商"), ("740101", "旅游"),
            ("740201", "烹饪"),
        ),
    ),
    "云岭县中等职业学校": School(
        years=3,
        offers=offers(
            ("610115", "农产"), ("720201", "护理"), ("740101", "旅游"), ("660301", "机电"),
            ("790302", "养老"),
        ),
    ),
    "青河县职业技术学校": School(
        years=3,
        offers=offers(
            ("660103", "数控"), ("660301", "机电"), ("690101", "食品"), ("730701", "电商"),
            ("720803", "托育"),
        ),
    ),
    "澜西信息技术学校": School(
        years=3,
        offers=offers(
            ("710203", "软件"), ("710202", "网络"), ("710205", "大数据"), ("710102", "物联"),
            ("710204", "数媒"),
        ),
    ),
    "青澜应用技术大学": School(
        years=4,
        is_applied=True,
        offers=offers(
            ("260101", "机制"), ("260102", "智造"), ("310203", "软件"), ("310205", "大数据"),
            ("320201", "护理"), ("330801", "物流"), ("240301", "建工"),
        ),
    ),
    "经开区技师学院": School(
        years=3, offers=offers(*SECONDARY_CRAFTS[:3], ("660108", "模具"), ("660101", "机制"))
    ),
}  # fmt: skip
