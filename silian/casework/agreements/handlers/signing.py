"""Tell people what signing asks of them, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from silian.casework.agreements.choices import SignatureState, VersionState
from silian.casework.agreements.events import (
    AgreementActivated,
    AgreementAmended,
    AgreementLapsed,
    AgreementRefused,
    AgreementSent,
    PartySigned,
)
from silian.casework.agreements.models import Agreement, AgreementVersion, Signature
from silian.casework.agreements.queries.signatories import (
    signatory_user_ids,
    user_ids_of_parties,
)
from silian.casework.agreements.queries.signing import RELATED, with_turn
from silian.foundation.kernel.events import subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import user_ids_with_role

SENDERS = (Role.MANAGER, Role.AGENT, Role.COORDINATOR)


@subscribe(AgreementSent)
def tell_first_signatories(event: AgreementSent) -> None:
    tell_those_on_turn(version_id=event.version_id)


@subscribe(PartySigned)
def tell_next_signatories(event: PartySigned) -> None:
    tell_those_on_turn(version_id=event.version_id)


def tell_those_on_turn(*, version_id: int) -> None:
    """Ask everybody whose turn it is; the key keeps anybody from being asked twice."""
    rows = list(
        with_turn(
            Signature.objects.filter(
                version_id=version_id,
                state=SignatureState.WAITING,
                version__state=VersionState.SIGNING,
            )
        )
        .filter(is_waiting_for_others=False)
        .select_related(*RELATED)
    )
    users = signatory_user_ids(signatures=rows, on=timezone.localdate())
    for row in rows:
        agreement = row.version.agreement
        notify(
            user_ids=users[row.pk],
            kind=NotificationKind.TASK,
            title=f"请签署：{agreement.title}",
            detail=f"{agreement.organiser.name}发起，请在{until(row.version)}前办理。",
            url=reverse("agreements:sign", args=[row.pk]),
            key=f"agreements-sign-{row.pk}",
        )


def until(version: AgreementVersion) -> str:
    if version.sign_by is None:
        return "期限"
    local = timezone.localtime(version.sign_by)
    return f" {local.month} 月 {local.day} 日 {local:%H:%M} "


@subscribe(AgreementActivated)
def tell_activation(event: AgreementActivated) -> None:
    agreement = Agreement.objects.get(pk=event.agreement_id)
    tell_everybody(
        agreement,
        title=f"已签齐：{agreement.title}",
        detail=f"{agreement.starts_on:%Y-%m-%d} 起履行，正本可在协议页下载。",
        key=f"agreements-active-{agreement.pk}",
    )


@subscribe(AgreementAmended)
def tell_amendment(event: AgreementAmended) -> None:
    version = AgreementVersion.objects.select_related("agreement").get(pk=event.version_id)
    tell_everybody(
        version.agreement,
        title=f"修订已签齐：{version.agreement.title}",
        detail=f"第 {version.number} 版，{version.effective_from:%Y-%m-%d} 起生效。",
        key=f"agreements-amended-{version.pk}",
    )


@subscribe(AgreementRefused)
def tell_refusal(event: AgreementRefused) -> None:
    version = AgreementVersion.objects.select_related("agreement").get(pk=event.version_id)
    refused = version.signatures.filter(state=SignatureState.REFUSED).first()
    reason = f"理由：{refused.reason}" if refused else ""
    tell_everybody(
        version.agreement,
        title=f"有一方不同意签署：{version.agreement.title}",
        detail=reason,
        key=f"agreements-refused-{version.pk}",
    )


@subscribe(AgreementLapsed)
def tell_lapse(event: AgreementLapsed) -> None:
    agreement = Agreement.objects.get(pk=event.agreement_id)
    notify(
        user_ids=senders_of(agreement),
        kind=NotificationKind.TASK,
        title=f"逾期未签齐：{agreement.title}",
        detail="这一版已作废，需要的请重新起草并送签。",
        url=agreement.get_absolute_url(),
        key=f"agreements-lapsed-{event.version_id}",
    )


def tell_everybody(agreement: Agreement, *, title: str, detail: str, key: str) -> None:
    """All parties, guardians of minors among them, and the organiser."""
    parties = list(agreement.parties.all())
    by_party = user_ids_of_parties(parties=parties, on=timezone.localdate())
    notify(
        user_ids=unique([*by_party.values(), senders_of(agreement)]),
        kind=NotificationKind.TASK,
        title=title,
        detail=detail,
        url=agreement.get_absolute_url(),
        key=key,
    )


def unique(groups: Iterable[Iterable[int]]) -> set[int]:
    return {user_id for group in groups for user_id in group}


def senders_of(agreement: Agreement) -> list[int]:
    return user_ids_with_role(
        organisation_id=agreement.organiser_id, roles=SENDERS, on=timezone.localdate()
    )
