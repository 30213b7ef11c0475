"""Writes of the register of people."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import decrypted, encrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.registers.people.choices import (
    AffiliationKind,
    ConsentPurpose,
    RequestKind,
    RequestState,
)
from silian.registers.people.errors import IdNumberTaken
from silian.registers.people.events import (
    ConsentGiven,
    ConsentWithdrawn,
    DataRequestClosed,
    DataRequested,
    PersonErased,
)
from silian.registers.people.gateways import blind_index
from silian.registers.people.models import Affiliation, Consent, Person, PersonalDataRequest, Reveal
from silian.registers.people.permissions import (
    STAFF_ROLES,
    is_self_or_guardian,
    may_answer,
    may_reveal,
)
from silian.registers.people.registry import reason_to_keep
from silian.registers.people.rules import (
    birth_date_of,
    id_number_problem,
    masked,
    normalised_id_number,
    reason_problem,
    sex_of,
)

ANSWER_WORKING_DAYS = 15  # operational: the law says 及时 and sets no number of days
ERASED_NAME = "已删除"
BATCH = 2_000
BULK_UPDATE = 500  # one statement carries a case for each row


@transaction.atomic
def register_person(
    *,
    actor: Actor,
    name: str,
    kind: AffiliationKind,
    starts_on: datetime.date,
    id_number: str = "",
    phone: str = "",
    email: str = "",
    number: str = "",
    unit: str = "",
) -> Affiliation:
    """Enter somebody of the actor's organisation on the register (登记人员).

    A person whose identity number is known already is not made twice; the new affiliation is
    added to the person on the register.
    """
    if not actor.has_role(*STAFF_ROLES) or actor.organisation_id is None:
        raise NotAllowed("只有单位管理员和经办人可以登记本单位人员。")
    person = known_person(id_number) or make_person(
        name=name, id_number=id_number, phone=phone, email=email
    )
    if person.name != name:
        raise IdNumberTaken(
            "这个证件号已登记在其他姓名下。请核对姓名和证件号，确属同名更正的由本人提出更正请求。",
            field="id_number",
        )
    affiliation = add_affiliation(
        person=person,
        organisation_id=actor.organisation_id,
        kind=kind,
        starts_on=starts_on,
        number=number,
        unit=unit,
    )
    record(actor, "people.affiliation.added", affiliation)
    return affiliation


def known_person(id_number: str) -> Person | None:
    index = blind_index(normalised_id_number(id_number))
    return Person.objects.filter(id_number_index=index).first() if index else None


def make_person(*, name: str, id_number: str = "", phone: str = "", email: str = "") -> Person:
    """A new row with its sensitive fields encrypted; refuses a malformed identity number."""
    person = unsaved_person(name=name, id_number=id_number, phone=phone, email=email)
    person.save()
    return person


def unsaved_person(*, name: str, id_number: str = "", phone: str = "", email: str = "") -> Person:
    """A person not yet written, with sensitive fields encrypted (待登记人员)."""
    number = normalised_id_number(id_number)
    problem = id_number_problem(number) if number else None
    if problem:
        raise DomainError(problem, field="id_number")
    return Person(
        name=name,
        born_on=birth_date_of(number) if number else None,
        sex=sex_of(number) if number else "",
        id_number_cipher=encrypted(number),
        id_number_index=blind_index(number),
        id_number_mask=masked(number),
        phone_cipher=encrypted(phone),
        phone_mask=masked(phone),
        email=email,
    )


def add_affiliation(
    *,
    person: Person,
    organisation_id: int,
    kind: AffiliationKind,
    starts_on: datetime.date,
    number: str = "",
    unit: str = "",
) -> Affiliation:
    """Open a period; one number belongs to one person of a kind at a time."""
    try:
        with transaction.atomic():
            return Affiliation.objects.create(
                person=person,
                organisation_id=organisation_id,
                kind=kind,
                starts_on=starts_on,
                number=number,
                unit=unit,
            )
    except IntegrityError:
        raise DomainError(
            f"本单位已有编号为“{number}”的{AffiliationKind(kind).label}。请核对后改用其他编号。",
            field="number",
        ) from None


@transaction.atomic
def register_people(*, actor: Actor, people: Sequence[Person]) -> list[Person]:
    """Enter many new people at once; each is one from ``unsaved_person`` (批量登记人员)."""
    if not actor.has_role(*STAFF_ROLES) or actor.organisation_id is None:
        raise NotAllowed("只有单位管理员和经办人可以登记本单位人员。")
    made = Person.objects.bulk_create(people, batch_size=BATCH)
    record(actor, "people.people.registered", detail={"count": len(made)})
    return made


@transaction.atomic
def add_affiliations(*, actor: Actor, affiliations: Sequence[Affiliation]) -> None:
    """Open many periods of belonging to the actor's own organisation (批量登记人员身份)."""
    if any(row.organisation_id != actor.organisation_id for row in affiliations):
        raise NotAllowed("只能登记本单位的人员。")
    Affiliation.objects.bulk_create(affiliations, batch_size=BATCH)


@transaction.atomic
def change_affiliations(*, actor: Actor, changes: Mapping[int, tuple[str, str]]) -> None:
    """Put number and unit of one's own people right, by affiliation (更新学号和班级)."""
    rows = [(key, number, unit) for key, (number, unit) in changes.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_affiliation AS a SET number = v.number, unit = v.unit "
            "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS v(id, number, unit) "
            "WHERE a.id = v.id AND a.organisation_id = %s",
            [*([*column] for column in zip(*rows, strict=True)), actor.organisation_id]
            if rows
            else [[], [], [], actor.organisation_id],
        )


@transaction.atomic
def end_belonging(
    *, actor: Actor, person_ids: Sequence[int], kind: AffiliationKind, on: datetime.date
) -> int:
    """End what many people are to the actor's own organisation (批量结束人员身份)."""
    rows = Affiliation.objects.filter(
        organisation_id=actor.organisation_id or 0,
        person_id__in=person_ids,
        kind=kind,
        ends_on__isnull=True,
    )
    return rows.update(ends_on=Greatest("starts_on", Value(on)))


@transaction.atomic
def set_guardians(*, guardians: Mapping[int, int]) -> None:
    """Tie wards to their guardians, both by person (登记监护人)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person AS p SET guardian_id = v.guardian "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS v(ward, guardian) WHERE p.id = v.ward",
            [list(guardians), list(guardians.values())],
        )


@transaction.atomic
def change_phones(*, phones: Mapping[int, str]) -> None:
    """Keep new phone numbers, encrypted (更新手机号)."""
    people = Person.objects.in_bulk(list(phones))
    for key, person in people.items():
        person.phone_cipher, person.phone_mask = encrypted(phones[key]), masked(phones[key])
    Person.objects.bulk_update(
        people.values(), ["phone_cipher", "phone_mask"], batch_size=BULK_UPDATE
    )


@transaction.atomic
def end_affiliation(*, affiliation_id: int, actor: Actor, on: datetime.date) -> Affiliation:
    """End somebody's belonging to the actor's organisation (结束人员身份)."""
    affiliation = Affiliation.objects.select_for_update(of=("self",)).get(pk=affiliation_id)
    if affiliation.organisation_id != actor.organisation_id or not actor.has_role(*STAFF_ROLES):
        raise NotAllowed("只有本单位的管理员和经办人可以结束人员身份。")
    if on < affiliation.starts_on:
        raise DomainError("结束日不能早于开始日，请改选日期。", field="ends_on")
    affiliation.ends_on = on
    affiliation.save(update_fields=["ends_on"])
    record(actor, "people.affiliation.ended", affiliation)
    return affiliation


@transaction.atomic
def reveal_id_number(*, person: Person, actor: Actor, reason: str, now: datetime.datetime) -> str:
    """The full identity number, with the reason on record (查看完整证件号)."""
    if not may_reveal(actor, person) or actor.user_id is None:
        raise NotAllowed("您不能查看这个人的完整证件号。")
    problem = reason_problem(reason)
    if problem:
        raise DomainError(problem, field="reason")
    Reveal.objects.create(
        person=person,
        seen_by_id=actor.user_id,
        organisation_id=actor.organisation_id,
        reason=reason.strip(),
        seen_at=now,
    )
    record(actor, "people.person.revealed", person, reason=reason.strip())
    return decrypted(person.id_number_cipher)


@transaction.atomic
def give_consent(
    *,
    person: Person,
    actor: Actor,
    purpose: ConsentPurpose,
    data_kinds: list[str],
    notice_version: str,
    now: datetime.datetime,
    recipient_id: int | None = None,
    channel: str = "网页",
) -> Consent:
    """Consent to one purpose (同意). The person consents, or the guardian of a minor."""
    if not is_self_or_guardian(actor, person):
        raise NotAllowed("同意只能由本人或监护人作出。")
    consent, made = Consent.objects.get_or_create(
        person=person,
        purpose=purpose,
        recipient_id=recipient_id,
        withdrawn_at=None,
        defaults={
            "data_kinds": data_kinds,
            "notice_version": notice_version,
            "channel": channel,
            "given_by_id": actor.user_id,
            "given_at": now,
        },
    )
    if made:
        record(actor, "people.consent.given", consent)
        publish(ConsentGiven(consent_id=consent.pk))
    return consent


@transaction.atomic
def withdraw_consent(*, consent_id: int, actor: Actor, now: datetime.datetime) -> Consent:
    """Withdraw a consent; what was lawful before stays lawful (撤回同意).

    Basis: 个人信息保护法第十五条.
    """
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent_id)
    if not is_self_or_guardian(actor, consent.person):
        raise NotAllowed("只有本人或监护人可以撤回同意。")
    if consent.withdrawn_at is None:
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        record(actor, "people.consent.withdrawn", consent)
        publish(ConsentWithdrawn(consent_id=consent.pk))
    return consent


@transaction.atomic
def request_data_change(
    *, person: Person, actor: Actor, kind: RequestKind, text: str, now: datetime.datetime
) -> PersonalDataRequest:
    """Ask for one's data to be corrected or deleted (提出个人信息请求)."""
    if not is_self_or_guardian(actor, person):
        raise NotAllowed("只能为本人或被监护人提出请求。")
    if person.requests.filter(kind=kind, state=RequestState.OPEN).exists():
        raise DomainError(
            f"您已有一件{RequestKind(kind).label}请求正在办理，办结后可以再提。", field="kind"
        )
    holder = person.affiliations.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=now.date()))
    request = PersonalDataRequest.objects.create(
        person=person,
        kind=kind,
        text=text,
        asked_at=now,
        due_at=site_deadline(now, working_days=ANSWER_WORKING_DAYS).due_at,
        handler_id=holder.order_by("starts_on").values_list("organisation_id", flat=True).first(),
    )
    record(actor, "people.request.opened", request)
    publish(DataRequested(request_id=request.pk))
    return request


@transaction.atomic
def close_data_request(
    *, request_id: int, actor: Actor, granted: bool, answer: str, now: datetime.datetime
) -> PersonalDataRequest:
    """Answer a request; a granted deletion erases the person at once (办结个人信息请求)."""
    request = PersonalDataRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if not may_answer(actor, request):
        raise NotAllowed("只有负责办理的单位管理员可以答复。")
    if request.state != RequestState.OPEN:
        raise DomainError("这件请求已经办结。")
    if not answer.strip():
        raise DomainError("请写明答复内容，不予办理的还要写明理由。", field="answer")
    request.state = RequestState.DONE if granted else RequestState.REFUSED
    request.answer = answer.strip()
    request.closed_at = now
    request.closed_by_id = actor.user_id
    request.save(update_fields=["state", "answer", "closed_at", "closed_by"])
    record(actor, "people.request.closed", request, detail={"granted": granted})
    publish(DataRequestClosed(request_id=request.pk))
    if granted and request.kind == RequestKind.DELETION:
        erase_person(person=request.person, actor=actor, now=now)
    return request


def erase_person(*, person: Person, actor: Actor, now: datetime.datetime) -> None:
    """Take every personal fact off the row and end what the person is to others (删除个人信息).

    Refused while a module above still needs the data. Basis: 个人信息保护法第四十七条. Rows of
    agreements and payments keep pointing here.
    """
    if reason := reason_to_keep(person_id=person.pk, on=timezone.localdate(now)):
        raise DomainError(reason, field="granted")
    for field in ("id_number_cipher", "id_number_index", "id_number_mask"):
        setattr(person, field, "")
    person.name, person.born_on, person.user = ERASED_NAME, None, None
    person.sex = ""
    person.phone_cipher = person.phone_mask = person.email = ""
    person.erased_at = now
    person.save()
    person.affiliations.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=now.date())).update(
        ends_on=Greatest("starts_on", Value(now.date()))
    )
    person.affiliations.update(number="")
    record(actor, "people.person.erased", person)
    publish(PersonErased(person_id=person.pk))


def record_copy(*, person: Person, actor: Actor) -> None:
    """Note that the person took a copy of their data (记录取得副本)."""
    record(actor, "people.person.copied", person)
