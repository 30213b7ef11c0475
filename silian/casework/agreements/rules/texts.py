"""The full text of an agreement, the same for the same facts, and its digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from silian.casework.agreements.registry import AgreementKind, Clause
from silian.casework.agreements.rules.differences import Difference
from silian.foundation.kernel.typed_values import is_empty, shown

PLACE = re.compile(r"\{([a-z0-9_]+)\}")
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, kw_only=True)
class PartyLine:
    """A party as the text names it."""

    role: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands above the clauses: number, title, parties (协议首部)."""

    number: str
    title: str
    parties: Sequence[PartyLine]


def agreement_text(*, kind: AgreementKind, heading: Heading, terms: Mapping[str, Any]) -> str:
    """The whole agreement as plain text (协议全文)."""
    clauses = [clause for clause in kind.clauses if stands(clause, terms)]
    body = [
        f"第{chinese(place)}条　{clause.heading}\n{filled(clause.text, kind=kind, terms=terms)}"
        for place, clause in enumerate(clauses, start=1)
    ]
    basis = [f"依据：{kind.basis}"] if kind.basis else []
    return "\n\n".join([head(kind.label, heading), *basis, *body]) + "\n"


def amendment_text(
    *,
    kind: AgreementKind,
    heading: Heading,
    label: str,
    changed: Sequence[Difference],
    effective_from: str,
    reason: str,
) -> str:
    """An amendment or renewal as plain text: each changed term before and after (修订文本)."""
    lines = [
        f"{place}. {item.label}：原为“{item.before}”，改为“{item.after}”。"
        for place, item in enumerate(changed, start=1)
    ]
    opening = (
        f"各方就协议 {heading.number} 约定如下变更，自 {effective_from} 起生效；"
        "签字齐全之日晚于该日的，自签字齐全之日起生效。其他条款不变。受变更影响的各方没有签齐的，变更不生效，原条款继续有效。"
    )
    parts = [
        head(f"{kind.label}（{label}）", heading),
        opening,
        "\n".join(lines),
        f"原因：{reason}",
    ]
    return "\n\n".join(parts) + "\n"


def head(label: str, heading: Heading) -> str:
    parties = "\n".join(f"{party.role}：{party.name}" for party in heading.parties)
    return f"{label}\n{heading.title}\n编号：{heading.number}\n\n{parties}"


def stands(clause: Clause, terms: Mapping[str, Any]) -> bool:
    """Whether the clause's conditions are met by the terms (条款是否适用)."""
    return all(
        not is_empty(terms.get(code)) if wanted == "" else terms.get(code) == wanted
        for code, wanted in clause.when
    )


def filled(text: str, *, kind: AgreementKind, terms: Mapping[str, Any]) -> str:
    """The clause with each ``{term}`` replaced by its value."""

    def value_at(found: re.Match[str]) -> str:
        code = found[1]
        return shown(kind.terms_by_code[code], terms.get(code))

    return PLACE.sub(value_at, text)


def places_in(text: str) -> list[str]:
    """The codes of the terms that a clause names."""
    return PLACE.findall(text)


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal (文本摘要)."""
    return hashlib.sha256(text.encode()).hexdigest()


def chinese(number: int) -> str:
    """A clause number below one hundred in Chinese: 12 → 十二."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    leading = "" if tens == 1 else DIGITS[tens]
    return f"{leading}十{DIGITS[ones] if ones else ''}"
