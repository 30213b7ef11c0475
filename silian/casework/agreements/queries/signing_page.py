"""Everything that somebody must see before signing, for the account and for the link alike."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from silian.casework.agreements.choices import (
    Better,
    SignatureState,
    SigningMethod,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.models import AgreementVersion, Signature, SigningQuestion
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.signing import RELATED, signing_chain, waiting_before
from silian.casework.agreements.queries.terms import (
    TermGroup,
    differences_of,
    grouped_terms,
    terms_before,
)
from silian.casework.agreements.registry import ENDS_ON, STARTS_ON, AgreementKind
from silian.casework.agreements.rules.differences import GOT_BETTER, GOT_WORSE, Difference
from silian.casework.agreements.rules.paper import PaperLine, paper_lines
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.kernel.typed_values import ValueType, is_empty, shown

TONES = {GOT_BETTER: "ok", GOT_WORSE: "late"}
STEP_STATES = {SignatureState.SIGNED: "done", SignatureState.REFUSED: "refused"}


@dataclass(frozen=True, kw_only=True)
class Headline:
    """The figure that matters most to who signs (最要紧的数)."""

    label: str
    value: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One changed term with the tone of its consequence."""

    difference: Difference
    tone: str


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One party in the chain of signing."""

    label: str
    note: str
    state: str


@dataclass(frozen=True, kw_only=True)
class SigningPage:
    """What the page shows (签署页内容)."""

    signature: Signature
    kind: AgreementKind
    version: AgreementVersion
    version_label: str
    role: str
    headline: Headline | None
    changes: Sequence[Change]
    unchanged: int
    lapsed_sha256: str
    groups: Sequence[TermGroup]
    steps: Sequence[StepLine]
    paper: Sequence[PaperLine]
    questions: Sequence[SigningQuestion]
    waiting_before: int
    is_open: bool
    working_days_left: int | None

    @property
    def may_sign(self) -> bool:
        """Whether the turn has come."""
        return self.is_open and not self.waiting_before

    @property
    def understood(self) -> str:
        """What the box before signing says."""
        if self.changes:
            return f"{len(self.changes)} 处改动和协议全文，我都看懂了"
        return "协议全文和我的权利义务，我都看懂了"

    @property
    def what_refusing_means(self) -> str:
        """What follows for who does not agree (不同意的后果)."""
        if self.version.kind == VersionKind.BASE:
            return "不同意，这份协议就不生效，发起单位会联系您"
        return "不同意，原协议继续有效，发起单位会联系您"


def signature_for_page(*, signature_id: int) -> Signature | None:
    """A signature with all that its page reads, whoever asks; the view asks the permission."""
    rows = Signature.objects.select_related(*RELATED, "version__replaces")
    return rows.filter(pk=signature_id).first()


def signing_page(*, signature: Signature) -> SigningPage:
    """The page of one signature (签署页)."""
    version = signature.version
    kind = kind_of(version.agreement)
    changed = differences_of(version)
    terms = {**terms_before(version), **version.changes}
    is_open = signature.state == SignatureState.WAITING and version.state == VersionState.SIGNING
    return SigningPage(
        signature=signature,
        kind=kind,
        version=version,
        version_label=version_label(version),
        role=kind.role_label(signature.party.role),
        headline=headline_of(kind, terms, is_person=signature.party.person_id is not None),
        changes=[
            Change(difference=item, tone=TONES.get(item.consequence, "info")) for item in changed
        ],
        unchanged=len(kind.all_terms) - len(changed),
        lapsed_sha256=earlier_digest(signature),
        groups=grouped_terms(kind=kind, terms=terms),
        steps=step_lines(signature, kind=kind),
        paper=paper_lines(version.text, before=earlier_text(version)),
        questions=list(signature.questions.all()),
        waiting_before=waiting_before(signature=signature) if is_open else 0,
        is_open=is_open,
        working_days_left=working_days_left(version),
    )


def working_days_left(version: AgreementVersion) -> int | None:
    """Working days until signing closes, today not counted (剩余工作日)."""
    if version.sign_by is None:
        return None
    last = timezone.localtime(version.sign_by) - datetime.timedelta(microseconds=1)
    return site_calendar().between(timezone.localdate(), last.date())


def version_label(version: AgreementVersion) -> str:
    if version.kind == VersionKind.BASE and version.replaces_id is None:
        return "新协议"
    if version.kind == VersionKind.BASE:
        return f"改动后重签 第 {version.number} 版"
    return f"{version.get_kind_display()} 第 {version.number} 版"


def headline_of(
    kind: AgreementKind, terms: dict[str, object], *, is_person: bool
) -> Headline | None:
    """The first amount of money that is better when higher: the pay (报酬)."""
    for term in kind.all_terms:
        wanted = term.type == ValueType.MONEY and term.better == Better.HIGHER
        if wanted and not is_empty(terms.get(term.code)):
            value, _, unit = shown(term, terms[term.code]).partition(" ")
            monthly = is_person and "月" in unit
            return Headline(
                label="您每月拿" if monthly else term.label,
                value=value,
                unit="元" if monthly else unit,
            )
    return None


def earlier_text(version: AgreementVersion) -> str:
    """The text that this one takes the place of; an amendment stands alone."""
    return version.replaces.text if version.replaces is not None else ""


def earlier_digest(signature: Signature) -> str:
    """The digest that the party signed before the change dropped it; empty when it had not."""
    replaced = signature.version.replaces
    if replaced is None:
        return ""
    signed = replaced.signatures.filter(party_id=signature.party_id, acted_at__isnull=False)
    return replaced.sha256 if signed.exists() else ""


def step_lines(signature: Signature, *, kind: AgreementKind) -> list[StepLine]:
    """The chain of signing as this party sees it: oneself is 您 (谁签了)."""
    rows = signing_chain(version=signature.version)
    return chain_lines(rows, kind=kind, own_id=signature.pk)


def chain_lines(
    rows: Sequence[Signature], *, kind: AgreementKind, own_id: int | None = None
) -> list[StepLine]:
    """One line for each party; without ``own_id`` those whose turn it is stand out."""
    open_places = [row.order for row in rows if row.state == SignatureState.WAITING]
    turn = min(open_places, default=None) if own_id is None else None
    lines = []
    for row in rows:
        is_me = row.pk == own_id
        waiting = "current" if is_me or row.order == turn else "waiting"
        lines.append(
            StepLine(
                label="您" if is_me else kind.role_label(row.party.role),
                note=step_note(row),
                state=STEP_STATES.get(SignatureState(row.state), waiting),
            )
        )
    return lines


def step_note(row: Signature) -> str:
    if row.state == SignatureState.SIGNED and row.acted_at:
        paper = row.method == SigningMethod.PAPER
        return day_of(row.acted_at) + ("，线下签署" if paper else "")
    return str(row.get_state_display())


def day_of(moment: datetime.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.month}月{local.day}日"


def period_of(page: SigningPage) -> tuple[datetime.date, datetime.date]:
    """First and last day that the agreement holds (起止日)."""
    terms = {**terms_before(page.version), **page.version.changes}
    starts = datetime.date.fromisoformat(str(terms[STARTS_ON]))
    ends = datetime.date.fromisoformat(str(terms[ENDS_ON]))
    return starts, ends - datetime.timedelta(days=1)
