"""Who may see and change personal data."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.registers.organisations.choices import Role
from silian.registers.people.models import Affiliation, Person, PersonalDataRequest

STAFF_ROLES = (Role.MANAGER, Role.AGENT)


def people_visible_to(actor: Actor, *, on: datetime.date | None = None) -> QuerySet[Person]:
    """Oneself, one's wards, and for staff the people who belong to their organisation today.

    Basis: 个人信息保护法第六条: no more than the purpose needs.
    """
    if not actor.is_authenticated:
        return Person.objects.none()
    mine = Q(user_id=actor.user_id) | Q(guardian__user_id=actor.user_id)
    if actor.organisation_id and actor.has_role(*STAFF_ROLES):
        members = (
            Affiliation.objects.in_force(on=on or timezone.localdate())
            .filter(organisation_id=actor.organisation_id)
            .values("person_id")
        )
        mine |= Q(pk__in=members)
    return Person.objects.filter(mine, erased_at__isnull=True)


def is_self_or_guardian(actor: Actor, person: Person) -> bool:
    """Whether the data is the actor's own or a ward's."""
    guardian_user = person.guardian.user_id if person.guardian else None
    return actor.user_id is not None and actor.user_id in (person.user_id, guardian_user)


def may_reveal(actor: Actor, person: Person) -> bool:
    """Staff of the person's organisation, and the person; always with a reason on record."""
    if is_self_or_guardian(actor, person):
        return True
    return actor.has_role(*STAFF_ROLES) and people_visible_to(actor).filter(pk=person.pk).exists()


def requests_visible_to(actor: Actor) -> QuerySet[PersonalDataRequest]:
    """A person's own requests, and those that the actor's organisation has to answer."""
    if not actor.is_authenticated:
        return PersonalDataRequest.objects.none()
    mine = Q(person__user_id=actor.user_id) | Q(person__guardian__user_id=actor.user_id)
    if actor.organisation_id and actor.has_role(Role.MANAGER):
        mine |= Q(handler_id=actor.organisation_id)
    return PersonalDataRequest.objects.filter(mine)


def may_answer(actor: Actor, request: PersonalDataRequest) -> bool:
    return actor.has_role(Role.MANAGER) and actor.organisation_id == request.handler_id


register_action_labels(
    {
        "people.affiliation.added": "登记人员归属",
        "people.people.registered": "批量登记人员",
        "people.affiliation.ended": "结束人员归属",
        "people.consent.given": "同意使用个人信息",
        "people.consent.withdrawn": "撤回个人信息同意",
        "people.person.revealed": "查看完整个人信息",
        "people.person.copied": "导出个人信息副本",
        "people.person.erased": "删除个人信息",
        "people.request.opened": "提出个人信息请求",
        "people.request.closed": "答复个人信息请求",
    }
)
