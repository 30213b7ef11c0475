"""Agreements for the tests, brought to a state by the module's own commands."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from silian.casework.agreements.choices import SignatureState
from silian.casework.agreements.commands.drafting import PartyDraft, draft_agreement
from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.commands.signing import sign
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.foundation.kernel.actors import Actor
from silian.registers.people.models import Person
from tests.world import COUNTY, TODAY, World

NOW = datetime.datetime(2026, 3, 18, 2, 0, tzinfo=datetime.UTC)
STARTS = datetime.date(2026, 4, 1)
ENDS = datetime.date(2027, 4, 1)
ONE_DAY = datetime.timedelta(days=1)

COOPERATION: dict[str, Any] = {
    "form": "factory_in_school",
    "level": "programme",
    "is_pairing": True,
    "scope": ["共建数控实训车间", "共同制定人才培养方案"],
    "students_a_year": 60,
    "school_input": "提供场地 600 平方米。",
    "enterprise_input": "投入数控机床 8 台。",
    "investment": "2600000",
    "deliverables": ["每年开发活页教材 1 部"],
    "ownership": "共有。",
    "student_rights": "学生有权知晓安排、取得报酬。",
    "school_duties": "安排教学。",
    "enterprise_duties": "配备导师。",
    "liaison": "双方产教办公室",
    "exit": "清点设备后退出。",
}
INTERNSHIP: dict[str, Any] = {
    "post": "数控机床操作",
    "place": "青澜市高新区一号厂房",
    "tasks": ["看懂图样", "独立完成首件"],
    "conditions": "恒温车间。",
    "mentor": "周企业导师",
    "teacher": "吴老师",
    "daily_hours": "8",
    "weekly_days": 5,
    "shift_starts": "08:30",
    "shift_ends": "17:30",
    "rest": "法定节假日休息。",
    "board": "单位食堂",
    "lodging": "学校宿舍",
    "pay": "3200",
    "pay_day": 10,
    "pay_method": "bank",
    "protection": "发给防护用品。",
    "training_hours": 16,
    "liability_payer": "school",
    "accident_insurance": True,
    "accident_handling": "当日报告学校。",
    "assessment": "校企各半。",
    "breach": "赔偿损失。",
}


def drafted(world: World, **facts: Any) -> Agreement:
    """A cooperation agreement of the cast's school and enterprise."""
    values: dict[str, Any] = {
        "actor": world.school.actor,
        "kind": "cooperation",
        "title": "数控技术专业校中厂合作",
        "division_id": COUNTY,
        "parties": [
            PartyDraft(role="school", organisation_id=world.school.organisation.pk),
            PartyDraft(role="enterprise", organisation_id=world.enterprise.organisation.pk),
        ],
        "terms": COOPERATION,
        "starts_on": STARTS,
        "ends_on": ENDS,
    }
    return draft_agreement(**{**values, **facts})


def student_of(world: World) -> Person:
    """The cast's student on the register, with a guardian of no account."""
    found = Person.objects.filter(user=world.student.user).first()
    if found is not None:
        return found
    guardian = Person.objects.create(name="林家长")
    return Person.objects.create(
        name="林一禾",
        user=world.student.user,
        guardian=guardian,
        born_on=datetime.date(2006, 1, 1),
    )


def drafted_internship(world: World, **facts: Any) -> Agreement:
    """An internship agreement of the cast's student."""
    values: dict[str, Any] = {
        "kind": "internship",
        "title": "林一禾的岗位实习协议",
        "terms": INTERNSHIP,
        "parties": [
            PartyDraft(role="student", person_id=student_of(world).pk),
            PartyDraft(role="host", organisation_id=world.enterprise.organisation.pk),
            PartyDraft(role="school", organisation_id=world.school.organisation.pk),
        ],
        "ends_on": datetime.date(2026, 10, 1),
    }
    return drafted(world, **{**values, **facts})


def sent(world: World, agreement: Agreement, *, now: datetime.datetime = NOW) -> AgreementVersion:
    return send_for_signature(agreement_id=agreement.pk, actor=world.school.actor, now=now)


def sign_all(world: World, version: AgreementVersion, *, now: datetime.datetime = NOW) -> None:
    """Everybody who has to signs, in the order of signing."""
    waiting = version.signatures.filter(state=SignatureState.WAITING).select_related("party")
    for signature in waiting.order_by("order", "pk"):
        sign(
            signature_id=signature.pk,
            actor=actor_for_party(world, signature.party),
            now=now,
            agreed_sha256=version.sha256,
        )


def actor_for_party(world: World, party: Any) -> Actor:
    if party.person_id:
        return world.student.actor
    people = (world.school, world.enterprise, world.rival)
    return next(p.actor for p in people if p.organisation.pk == party.organisation_id)


def active(world: World, agreement: Agreement | None = None) -> Agreement:
    """An agreement that everybody signed."""
    agreement = agreement or drafted(world)
    sign_all(world, sent(world, agreement))
    agreement.refresh_from_db()
    return agreement


def on(day: datetime.date) -> datetime.datetime:
    """Ten in the morning of a day."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))


__all__ = ["TODAY"]
