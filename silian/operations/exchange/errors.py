"""Refusals of the exchange that carry more than a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from silian.foundation.kernel.errors import DomainError


class NegotiationAlreadyOpen(DomainError):
    """The two sides already talk about this listing (已在洽谈); ``negotiation_id`` is where."""

    def __init__(self, *, negotiation_id: int) -> None:
        super().__init__("贵单位与对方已就这条供需在洽谈，请在原洽谈中继续。")
        self.negotiation_id = negotiation_id


class ListingIncomplete(DomainError):
    """Fields are missing or senseless (内容不完整); ``faults`` names each field and its cure."""

    def __init__(self, *, faults: Sequence[Any]) -> None:
        first = faults[0]
        more = f"另有 {len(faults) - 1} 处待补。" if len(faults) > 1 else ""
        super().__init__(f"{first.sentence}{more}", field=first.field)
        self.faults = list(faults)


class ListingHasFindings(DomainError):
    """The automatic checks found words that may not be published (检查未通过)."""

    def __init__(self, *, findings: Sequence[Any]) -> None:
        words = "、".join(f"“{finding.words}”" for finding in findings[:3])
        super().__init__(
            f"发布前检查发现 {len(findings)} 处须修改：{words}。"
            "请按提示修改后再发布；认为有误可以提交人工审核。"
        )
        self.findings = list(findings)
