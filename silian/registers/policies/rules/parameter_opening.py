"""When a region may open a parameter, and when a row of one may be taken back (开设、撤回参数)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from silian.registers.policies.rules.parameters import Fault

CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}$")
OWN_NAME = "own_{}"  # what the platform calls a parameter that no rulebook names


@dataclass(frozen=True, kw_only=True)
class Kind:
    """An open parameter that rules of the platform read, or that a region has (已知参数)."""

    code: str
    name: str
    key: str
    title: str
    unit: str

    @property
    def token(self) -> str:
        return "|".join((self.code, self.name, self.key))


@dataclass(frozen=True, kw_only=True)
class Opening:
    """That a region has a parameter whose value its policy leaves open (开设内容)."""

    code: str
    name: str
    key: str
    title: str
    unit: str
    meaning: str
    force: str
    valid_from: datetime.date
    clause_id: int | None
    source: str
    place: str


def own_name(code: str) -> str:
    """The name of a parameter that is the region's own idea.

    >>> own_name("QP-01")
    'own_qp_01'
    """
    return OWN_NAME.format(code.lower().replace("-", "_"))


def fault_of_opening(opening: Opening, *, is_there: bool) -> Fault | None:
    """Why this parameter cannot be opened, or None.

    ``is_there`` says that the region has a standing row of the same parameter and step.
    """
    if not CODE.match(opening.code):
        return Fault(
            field="code", text="编号用大写字母开头，后接数字、字母或短横线，例如 P06、QP-01。"
        )
    if not opening.title:
        return Fault(field="title", text="请写明参数的中文名称。")
    if not opening.meaning:
        return Fault(field="meaning", text="请写明含义：这个数管什么事，由谁按它办理。")
    if not opening.unit:
        return Fault(field="unit", text="请写明单位，例如元、%、个工作日。")
    if opening.clause_id is None and not (opening.source and opening.place):
        return Fault(field="clause", text="请选择要求设定这个数的条款，或填写文号和条款。")
    if is_there:
        return Fault(field="code", text="本地区已有这项参数，不用再开设，请直接设定数值。")
    return None


def reason_not_withdrawable(
    *, is_entered: bool, is_standing: bool, is_opening: bool, values_in_use: int, reason: str
) -> Fault | None:
    """Why a row cannot be taken back, or None.

    What came with a policy ends with the policy; an opening stays while values rest on it.
    """
    if not is_entered:
        return Fault(field=None, text="随政策载入的参数不能撤回；文件废止或修订后随之变化。")
    if not is_standing:
        return Fault(field=None, text="这一条已经更正或撤回，请打开现行的一条。")
    if is_opening and values_in_use:
        return Fault(
            field=None, text=f"这项参数还有 {values_in_use} 个数值在用，请先逐个撤回数值。"
        )
    if not reason.strip():
        return Fault(field="reason", text="请写明撤回的理由，历史里会保留。")
    return None
