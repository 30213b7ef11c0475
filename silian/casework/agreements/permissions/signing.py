"""Who may send, sign and chase, and who sees what waits for a signature."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from silian.casework.agreements.choices import SignatureState, VersionState
from silian.casework.agreements.models import (
    Agreement,
    AgreementVersion,
    Party,
    Signature,
    SigningLink,
    SigningQuestion,
)
from silian.casework.agreements.registry import PartyRole, StandIn
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.people.models import Person
from silian.registers.people.queries import is_minor_on

SENDERS = (Role.MANAGER, Role.AGENT, Role.COORDINATOR)


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """In which capacity somebody signs for a party (签署身份); ``on_behalf`` is the reason."""

    on_behalf: str = ""


def is_sender(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor sends and chases for the organiser (发起单位经办)."""
    if actor.is_system:
        return True
    return actor.organisation_id == agreement.organiser_id and actor.has_role(*SENDERS)


def require_sender(actor: Actor, agreement: Agreement, *, roles: tuple[str, ...] = ()) -> None:
    """Raise unless the actor acts for the organiser, or holds there one of ``roles``."""
    inside = actor.organisation_id == agreement.organiser_id and actor.has_role(*roles)
    if not (is_sender(actor, agreement) or inside):
        raise NotAllowed("送签、催签和签署链接由发起单位的管理员或经办人办理。请联系发起单位。")


def signs_for_organisations(actor: Actor) -> bool:
    """Whether the actor may bind its organisation: its manager, in person or by delegation.

    A department has no manager; there its coordinator signs. Basis: 民法典第六十一条、第一百七十条.
    """
    if actor.organisation_id is None or not actor.organisation_verified:
        return False
    if actor.organisation_kind == OrganisationKind.GOVERNMENT:
        return actor.has_role(Role.MANAGER, Role.COORDINATOR)
    return actor.has_role(Role.MANAGER)


def signatures_visible_to(actor: Actor) -> QuerySet[Signature]:
    """Signatures of parties that the actor is or stands for, and of what its unit organises."""
    if actor.is_system:
        return Signature.objects.all()
    if not actor.is_authenticated:
        return Signature.objects.none()
    seen = own_signatures(actor)
    if actor.organisation_id and actor.has_role(*SENDERS):
        seen |= Q(party__organisation_id=actor.organisation_id)
        seen |= Q(version__agreement__organiser_id=actor.organisation_id)
    return Signature.objects.filter(seen)


def is_waiting_board_reader(actor: Actor) -> bool:
    """Whether the actor watches over what its organisation sent (未签名单)."""
    return actor.organisation_id is not None and actor.has_role(*SENDERS)


def require_senders(actor: Actor) -> None:
    if not is_waiting_board_reader(actor):
        raise NotAllowed("送签和催签由单位管理员或经办人办理。请联系贵单位的管理员。")


def require_organisation_signer(actor: Actor) -> None:
    if not signs_for_organisations(actor):
        raise NotAllowed("批量签署由单位管理员办理，或由管理员委托您代办后再办理。")


def own_signatures(actor: Actor) -> Q:
    """Those of the person who acts, and of the wards of that person."""
    return Q(party__person__user_id=actor.user_id) | Q(
        party__person__guardian__user_id=actor.user_id
    )


def signatures_signable_by(actor: Actor) -> QuerySet[Signature]:
    """What waits for the actor's own signature, those whose turn has not come included (待签)."""
    if not actor.is_authenticated:
        return Signature.objects.none()
    mine = own_signatures(actor)
    if signs_for_organisations(actor):
        mine |= Q(party__organisation_id=actor.organisation_id)
    return Signature.objects.filter(
        mine, state=SignatureState.WAITING, version__state=VersionState.SIGNING
    )


def signatures_chased_by(actor: Actor) -> QuerySet[Signature]:
    """What is not signed yet among what the actor's organisation sent (催签)."""
    if not (actor.organisation_id and actor.has_role(*SENDERS)):
        return Signature.objects.none()
    return Signature.objects.filter(
        version__agreement__organiser_id=actor.organisation_id,
        state=SignatureState.WAITING,
        version__state=VersionState.SIGNING,
    )


def links_managed_by(actor: Actor) -> QuerySet[SigningLink]:
    """The links of what the actor's organisation sent (签署链接)."""
    if not (actor.organisation_id and actor.has_role(*SENDERS)):
        return SigningLink.objects.none()
    return SigningLink.objects.filter(
        signature__version__agreement__organiser_id=actor.organisation_id
    )


def questions_answered_by(actor: Actor) -> QuerySet[SigningQuestion]:
    """Questions before signing that the actor's organisation has to answer (待答复)."""
    if not is_waiting_board_reader(actor):
        return SigningQuestion.objects.none()
    return SigningQuestion.objects.filter(
        signature__version__agreement__organiser_id=actor.organisation_id
    )


def capacity_of(
    actor: Actor, party: Party, *, role: PartyRole | None, on: datetime.date, on_behalf: str = ""
) -> Capacity:
    """In which capacity the actor signs for the party; raises when in none (签署资格)."""
    if party.organisation_id is not None:
        return organisation_capacity(actor, party, role=role, on_behalf=on_behalf)
    person = party.person
    if person is not None and person.user_id is not None and person.user_id == actor.user_id:
        return Capacity()
    if person is not None and person.guardian and person.guardian.user_id == actor.user_id:
        return guardian_capacity(person, role=role, on=on, on_behalf=on_behalf)
    raise NotAllowed("这份协议须由当事人本人签署，您不能代签。")


def organisation_capacity(
    actor: Actor, party: Party, *, role: PartyRole | None, on_behalf: str
) -> Capacity:
    if actor.organisation_id != party.organisation_id:
        raise NotAllowed(f"只有“{party.name}”的人员可以代表该单位签署。")
    if signs_for_organisations(actor):
        return Capacity()
    stand_in = stand_in_named(role, on_behalf, guardian=False)
    if stand_in is not None and actor.organisation_verified and actor.has_role(Role.AGENT):
        return Capacity(on_behalf=stand_in.reason)
    raise NotAllowed(
        f"代表“{party.name}”签署须由单位管理员办理，或由管理员在“成员”页委托您代办后再签。"
    )


def guardian_capacity(
    person: Person, *, role: PartyRole | None, on: datetime.date, on_behalf: str
) -> Capacity:
    """A guardian signs for a ward where the role allows it, and says so (监护人代签)."""
    allowed = [item for item in (role.stand_ins if role else ()) if item.is_guardian]
    fit = [item for item in allowed if not item.only_minors or is_minor_on(person=person, on=on)]
    if not fit:
        raise NotAllowed("当事人已满 18 周岁或这类协议不能由监护人代签，须由本人签署。")
    if not on_behalf.strip():
        raise DomainError("代签须写明理由，例如“监护人代未成年学生签署”。", field="on_behalf")
    named = stand_in_named(role, on_behalf, guardian=True)
    return Capacity(on_behalf=(named or fit[0]).reason)


def stand_in_named(role: PartyRole | None, said: str, *, guardian: bool) -> StandIn | None:
    """The way of standing in that is meant by its code or its reason."""
    said = said.strip()
    for item in role.stand_ins if role else ():
        if item.is_guardian is guardian and said in (item.code, item.reason):
            return item
    return None


def is_signatory(actor: Actor, party: Party, *, role: PartyRole | None, on: datetime.date) -> bool:
    """Whether the actor could sign for the party, in person or standing in (能否签署)."""
    for said in ("", *(item.code for item in stand_in_choices(actor, party, role=role, on=on))):
        try:
            capacity_of(actor, party, role=role, on=on, on_behalf=said)
        except DomainError:
            continue
        return True
    return False


def stand_in_choices(
    actor: Actor, party: Party, *, role: PartyRole | None, on: datetime.date
) -> list[StandIn]:
    """The reasons among which somebody who stands in must choose; none for the party itself."""
    person = party.person
    if person is None:
        inside = actor.organisation_id == party.organisation_id and actor.has_role(Role.AGENT)
        if not inside or signs_for_organisations(actor):
            return []
        return [item for item in (role.stand_ins if role else ()) if not item.is_guardian]
    if person.user_id == actor.user_id or person.guardian is None:
        return []
    if person.guardian.user_id != actor.user_id:
        return []
    minor = is_minor_on(person=person, on=on)
    return [
        item
        for item in (role.stand_ins if role else ())
        if item.is_guardian and (minor or not item.only_minors)
    ]


def may_read_signed_copy(actor: Actor, file: StoredFile) -> bool:
    """Every party owns a copy of what it signed; the organiser too (各方持有)."""
    if not actor.is_authenticated:
        return False
    mine = Q(person__user_id=actor.user_id) | Q(person__guardian__user_id=actor.user_id)
    if actor.organisation_id and actor.has_role(*SENDERS, Role.READER):
        mine |= Q(organisation_id=actor.organisation_id)
        mine |= Q(agreement__organiser_id=actor.organisation_id)
    parties = Party.objects.filter(mine, agreement=OuterRef("agreement"))
    return AgreementVersion.objects.filter(Exists(parties), pk=file.object_id).exists()


def may_read_scan(actor: Actor, file: StoredFile) -> bool:
    """The scan of a signature on paper: the organiser, and the parties of the agreement."""
    signature = Signature.objects.filter(pk=file.object_id).first()
    if signature is None or not actor.is_authenticated:
        return False
    mine = Q(person__user_id=actor.user_id) | Q(person__guardian__user_id=actor.user_id)
    if actor.organisation_id and actor.has_role(*SENDERS, Role.READER):
        mine |= Q(organisation_id=actor.organisation_id)
        mine |= Q(agreement__organiser_id=actor.organisation_id)
    return Party.objects.filter(mine, agreement__versions=signature.version_id).exists()


register_file_readers("agreements.agreementversion", may_read_signed_copy)
register_file_readers("agreements.signature", may_read_scan)
register_action_labels(
    {
        "agreements.version.sent": "送签协议",
        "agreements.version.resent": "改动后重新送签",
        "agreements.version.completed": "协议各方签齐",
        "agreements.version.refused": "协议被拒签",
        "agreements.version.lapsed": "协议逾期未签",
        "agreements.version.sealed": "生成协议正本",
        "agreements.agreement.activated": "协议生效",
        "agreements.signature.signed": "签署协议",
        "agreements.signature.recorded": "登记线下签署",
        "agreements.signature.refused": "拒签协议",
        "agreements.signature.dropped": "签字因改动作废",
        "agreements.signature.reminded": "催签",
        "agreements.link.made": "生成签署链接",
        "agreements.link.revoked": "作废签署链接",
        "agreements.question.asked": "签署前提问",
        "agreements.question.answered": "答复签署前的提问",
    }
)
