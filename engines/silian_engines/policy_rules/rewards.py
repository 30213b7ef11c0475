"""Which evaluation result leads to which reward or restriction (激励与约束规定).

Read from `rewards.toml` beside the parameters of a jurisdiction. A row without clause, with an
unknown source or measure, or a restriction that does not bind, is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .errors import RulebookFault
from .provisions import FORCES, SOFT_EVIDENCE, wider_jurisdictions
from .reading import RULEBOOKS, folders, toml

REWARD, RESTRICTION = "reward", "restriction"
SOURCES = {
    "recognition": "认定等级与年度复核",
    "alliance": "集团联盟年度考核",
    "internship": "实习单位履责情况",
    "project": "工程项目验收",
    "credit": "信用记录",
    "third_party": "第三方评价",
    "quality_report": "质量年度报告",
    "policy_effect": "改革试点成效评估",
}
REWARD_MEASURES = {
    "enrolment_plan": "招生计划倾斜",
    "construction_investment": "建设投资倾斜",
    "degree_point": "学位（专业）点倾斜",
    "project_support": "项目支持",
    "plaque": "统一授牌",
    "commendation": "表彰激励",
    "investment_guidance": "投入引导",
    "pilot_choice": "试点选择",
    "resource_allocation": "资源配置",
    "priority_support": "优先支持",
    "performance_review": "绩效考核",
    "award_money": "奖励补助",
}
RESTRICTION_MEASURES = {
    "apply_suspended": "暂停申报",
    "close_supervision": "重点监管",
    "subsidy_withheld": "不予补助",
    "credit_record": "记入信用记录",
}
SUBJECTS = {
    "enterprise": "企业",
    "school": "院校",
    "alliance": "集团联盟",
    "government": "地方和部门",
    "evaluator": "评价机构",
}
_TEXTS = ("document", "clause", "evidence", "title", "condition", "id")
_NEEDED = (*_TEXTS, "measure", "sources", "subjects", "force", "valid_from", "review_by")


@dataclass(frozen=True, slots=True)
class RewardRule:
    """One row: results of these sources lead to this measure for these subjects (规定)."""

    id: str
    jurisdiction: str
    title: str
    effect: str
    measure: str
    sources: tuple[str, ...]
    subjects: tuple[str, ...]
    condition: str
    levels: tuple[str, ...]
    schemes: tuple[str, ...]
    amount: str
    carried_by: str
    force: str
    document: str
    clause: str
    evidence: str
    valid_from: date
    valid_to: date | None
    review_by: date
    note: str

    @property
    def code(self) -> str:
        """The name of the row in the whole library: `411200:five_three_review`."""
        return f"{self.jurisdiction}:{self.id}"

    @property
    def is_soft(self) -> bool:
        """A row that does not bind, or is known from memory only, never blocks anybody."""
        return self.force != "mandatory" or self.evidence in SOFT_EVIDENCE

    def holds(self, *, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def reward_rules(
    *, jurisdiction: str, on: date, folder: Path = RULEBOOKS
) -> tuple[RewardRule, ...]:
    """The rows in force in a place on a day, the nearest government first."""
    known = folders(folder=folder)
    chain = [code for code in wider_jurisdictions(jurisdiction) if code in known]
    return tuple(
        each
        for code in chain
        for each in rewards_in(folder=known[code][1], jurisdiction=code)
        if each.holds(on=on)
    )


@cache
def rewards_in(*, folder: Path, jurisdiction: str) -> tuple[RewardRule, ...]:
    """Every row of one jurisdiction, checked; none where it has no such file."""
    path = folder / "rewards.toml"
    if not path.is_file():
        return ()
    content = toml(path)
    defaults = content.get("defaults", {})
    rows = tuple(
        _row({**defaults, **entry}, effect, jurisdiction)
        for effect in (REWARD, RESTRICTION)
        for entry in content.get(effect, ())
    )
    names = [row.id for row in rows]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise RulebookFault(f"{jurisdiction} 的激励规定 {'、'.join(twice)} 出现两次。")
    return rows


def _row(entry: dict[str, Any], effect: str, jurisdiction: str) -> RewardRule:
    faults = _faults(entry, effect)
    if faults:
        name = entry.get("id", "没有 id")
        raise RulebookFault(f"{jurisdiction} 的激励规定“{name}”有误：{'；'.join(faults)}。")
    lists: dict[str, Any] = {
        name: tuple(entry.get(name, ())) for name in ("sources", "subjects", "levels", "schemes")
    }
    texts = {name: entry.get(name, "") for name in ("amount", "carried_by", "note")}
    plain = ("id", "title", "measure", "condition", "force", "document", "clause", "evidence")
    return RewardRule(
        **{name: entry[name] for name in plain},
        **lists,
        **texts,
        effect=effect,
        jurisdiction=jurisdiction,
        valid_from=entry["valid_from"],
        valid_to=entry.get("valid_to"),
        review_by=entry["review_by"],
    )


def _faults(entry: dict[str, Any], effect: str) -> list[str]:
    missing = [name for name in _NEEDED if not entry.get(name)]
    if missing:
        return [f"缺少 {'、'.join(missing)}"]
    measures = REWARD_MEASURES if effect == REWARD else RESTRICTION_MEASURES
    faults = [f"来源“{each}”不认识" for each in entry["sources"] if each not in SOURCES]
    faults += [f"对象“{each}”不认识" for each in entry["subjects"] if each not in SUBJECTS]
    if entry["measure"] not in measures:
        faults.append(f"事项“{entry['measure']}”不认识")
    if entry["force"] not in FORCES:
        faults.append("力度不认识")
    elif effect == RESTRICTION and entry["force"] != "mandatory":
        faults.append("约束事项须有强制性依据，软性规定只形成差距")
    if entry.get("valid_to") and entry["valid_to"] <= entry["valid_from"]:
        faults.append("止期不晚于起期")
    return faults
