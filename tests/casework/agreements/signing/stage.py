"""An internship agreement with its parties, for the tests of signing."""

from __future__ import annotations

import datetime
from typing import Any

from silian.casework.agreements.commands.drafting import PartyDraft, draft_agreement
from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.commands.signing import sign
from silian.casework.agreements.models import Agreement, AgreementVersion, Signature
from silian.casework.agreements.registry import AgreementKind, TermField, kind_named
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.typed_values import ValueType
from silian.registers.people.models import Person
from silian.registers.people.rules import masked
from tests.world import COUNTY, World

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 9, 0, tzinfo=SHANGHAI)
STARTS, ENDS = datetime.date(2026, 5, 6), datetime.date(2026, 11, 6)
PHONE = "13900010234"
SAMPLES: dict[str, Any] = {
    ValueType.TEXT: "示例",
    ValueType.LONG_TEXT: "按国家规定办理。",
    ValueType.DATE: "2026-05-06",
    ValueType.TIME: "08:30",
    ValueType.MONEY: "3200",
    ValueType.INTEGER: 2,
    ValueType.DECIMAL: "8",
    ValueType.YES_NO: True,
    ValueType.TEXT_LIST: ["多轴数控操作", "零件检验"],
}


def sample(term: TermField) -> Any:
    if term.type == ValueType.CHOICE:
        return term.choices[0][0]
    return SAMPLES[term.type]


def sample_terms(kind: AgreementKind) -> dict[str, Any]:
    """A value for every term of a kind."""
    return {term.code: sample(term) for term in kind.terms}


def person_of(world: World, *, born: datetime.date = datetime.date(2006, 3, 1)) -> Person:
    """The student of the cast on the register."""
    found = Person.objects.filter(user=world.student.user).first()
    return found or Person.objects.create(
        name="顾小南",
        user=world.student.user,
        born_on=born,
        phone_cipher=encrypted(PHONE),
        phone_mask=masked(PHONE),
    )


def with_guardian(world: World, *, born: datetime.date = datetime.date(2009, 9, 1)) -> Person:
    """A student of sixteen with a guardian on the register, who has no account."""
    student = person_of(world, born=born)
    student.guardian = Person.objects.create(
        name="顾大海", phone_cipher=encrypted("13900015678"), phone_mask=masked("13900015678")
    )
    student.save()
    return student


def drafted(
    world: World, *, kind: str = "internship", starts: datetime.date = STARTS, **terms: Any
) -> Agreement:
    """A draft of school, enterprise and student."""
    person = person_of(world)
    declared = kind_named(kind)
    parties = [
        PartyDraft(role="school", organisation_id=world.school.organisation.pk),
        PartyDraft(role="host", organisation_id=world.enterprise.organisation.pk),
        PartyDraft(role="student", person_id=person.pk),
    ]
    return draft_agreement(
        actor=world.school.actor,
        kind=kind,
        title="启衡精密制造（演示）· 数控操作",
        division_id=COUNTY,
        parties=parties,
        terms={**sample_terms(declared), **terms},
        starts_on=starts,
        ends_on=ENDS,
    )


def sent(world: World, **terms: Any) -> AgreementVersion:
    """A version out for signature."""
    agreement = drafted(world, **terms)
    return send_for_signature(agreement_id=agreement.pk, actor=world.school.actor, now=NOW)


def signature_of(version: AgreementVersion, role: str) -> Signature:
    return version.signatures.exclude(state="dropped").get(party__role=role)


def sign_as(world: World, version: AgreementVersion, role: str, **facts: Any) -> Signature:
    """The party of a role signs in its account."""
    member = {"school": world.school, "host": world.enterprise, "student": world.student}[role]
    given = {"actor": member.actor, "now": NOW, "agreed_sha256": version.sha256, **facts}
    key = given.pop("signature_id", None) or signature_of(version, role).pk
    return sign(signature_id=key, **given)


def signed(world: World, **terms: Any) -> AgreementVersion:
    """A version that everybody signed, in the order of its kind."""
    version = sent(world, **terms)
    for row in version.signatures.order_by("order", "pk").select_related("party"):
        sign_as(world, version, row.party.role)
    version.refresh_from_db()
    return version
