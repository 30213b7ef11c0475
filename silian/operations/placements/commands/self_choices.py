"""Students who found a host themselves: apply, agree at home, be checked, become interns."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.hosts import (
    AnswerState,
    PlanState,
    PostState,
)
from silian.operations.placements.choices.internships import (
    Arrangement,
    ConsentState,
    InternshipState,
    SelfChoiceState,
)
from silian.operations.placements.commands.arranging import arrange_internship
from silian.operations.placements.commands.consents import ask_for_choice
from silian.operations.placements.commands.ending import cancel_internship
from silian.operations.placements.events.internships import (
    ConsentAsked,
    SelfChoiceDecided,
    SelfChoiceSubmitted,
)
from silian.operations.placements.models import (
    Host,
    HostAnswer,
    Internship,
    InternshipPlan,
    InternshipPost,
    SelfChoice,
)
from silian.operations.placements.permissions.internships import (
    require_school_clerk,
    self_choices_visible_to,
)
from silian.operations.placements.rules.self_choices import reason_not_applicable
from silian.operations.placements.workflow.self_choice import self_choice as life
from silian.registers.people.models import Person
from silian.registers.programmes.queries.classes import class_of

CHECK_WORKING_DAYS = 5  # a working week for the school to check host and post
REPLACED = "改为学生自主选择的实习单位"
POST_FACTS = (
    "title", "division_id", "address", "tasks", "daily_hours", "weekly_days", "shift_starts",
    "shift_ends", "pay", "post_wage", "pay_day", "staff_in_post", "starts_on", "ends_on",
)  # fmt: skip


@transaction.atomic
def apply_for_choice(
    *, actor: Actor, facts: Mapping[str, Any], now: datetime.datetime
) -> SelfChoice:
    """Apply with host, post and mentor; the guardian is asked at once (申请自主选择).

    ``facts`` are the fields of the application: organisation_id, title, days, hours, pay and so on.
    """
    person = Person.objects.filter(user_id=actor.user_id or 0).select_related("guardian").first()
    if person is None:
        raise NotAllowed("自主选择由在读学生本人申请。")
    today = timezone.localdate(now)
    member = class_of(person_id=person.pk, on=today)
    refusal = reason_not_applicable(
        has_class=member is not None,
        has_guardian=person.guardian_id is not None,
        starts_on=facts["starts_on"],
        ends_on=facts["ends_on"],
        today=today,
    )
    if refusal or member is None:
        field, sentence = refusal or ("", "")
        raise DomainError(sentence, field=field or None)
    if SelfChoice.objects.filter(person=person, state__in=OPEN_STATES).exists():
        raise DomainError("您已有一份申请在办理，请等结果或先撤回。")
    choice = SelfChoice.objects.create(
        school_id=member.school_class.cohort.programme.school_id,
        person=person,
        school_class=member.school_class,
        plan=plan_for(member.school_class.cohort_id, facts),
        **facts,
    )
    asked = ask_for_choice(choice=choice, student=actor, now=now)
    for row in asked:
        if row.state == ConsentState.WAITING:
            publish(ConsentAsked(consent_id=row.pk))
    record(actor, "placements.self_choice.applied", choice)
    return choice


OPEN_STATES = (SelfChoiceState.WITH_GUARDIAN, SelfChoiceState.SUBMITTED)


def plan_for(cohort_id: int, facts: Mapping[str, Any]) -> InternshipPlan:
    """The cohort's plan whose period holds the wished days."""
    rows = InternshipPlan.objects.filter(
        cohort_id=cohort_id,
        starts_on__lte=facts["starts_on"],
        ends_on__gte=facts["ends_on"],
    ).exclude(state=PlanState.WITHDRAWN)
    plan = rows.order_by("-pk").first()
    if plan is None:
        raise DomainError(
            "这段时间没有您年级的实习方案，请按学校方案的起止日期填写。", field="starts_on"
        )
    return plan


@transaction.atomic
def take_guardian_answer(*, choice_id: int, now: datetime.datetime) -> SelfChoice:
    """Send the application to the school once the guardian agreed, or close it (家长答复); once."""
    choice = SelfChoice.objects.select_for_update(of=("self",)).get(pk=choice_id)
    answers = set(choice.consents.values_list("state", flat=True))
    if choice.state != SelfChoiceState.WITH_GUARDIAN or ConsentState.WAITING in answers:
        return choice
    agreed = answers == {ConsentState.GIVEN}
    step = "submit" if agreed else "withdraw"
    choice.state = life.target(step, state=SelfChoiceState(choice.state))
    if agreed:
        choice.due_at = site_deadline(now, working_days=CHECK_WORKING_DAYS).due_at
    else:
        choice.decision = "家长不同意"
    choice.save(update_fields=["state", "due_at", "decision"])
    if agreed:
        publish(SelfChoiceSubmitted(self_choice_id=choice.pk))
    return choice


@transaction.atomic
def approve_choice(
    *,
    choice_id: int,
    actor: Actor,
    teacher_id: int,
    now: datetime.datetime,
    warning_reason: str = "",
) -> Internship:
    """Approve: host, post and student pass the same rules as any arrangement (同意自主选择).

    An arrangement of the school on the same days that has not begun makes way.
    """
    require_school_clerk(actor)
    choice = locked_choice(choice_id, actor=actor)
    state = life.target("approve", state=SelfChoiceState(choice.state))
    host = published_host(choice)
    require_confirmed_plan(choice, host=host)
    make_way(choice, actor=actor, now=now)
    post = choice.post or make_post(choice)
    choice.internship = arrange_internship(
        actor=actor,
        person_id=choice.person_id,
        plan_id=choice.plan_id,
        host_id=host.pk,
        post_id=post.pk,
        starts_on=choice.starts_on,
        ends_on=choice.ends_on,
        teacher_id=teacher_id,
        arrangement=Arrangement.SELF,
        warning_reason=warning_reason,
        lodging=choice.lodging,
        on=timezone.localdate(now),
    )
    choice.state, choice.post = state, post
    choice.decided_by_id, choice.decided_at = actor.user_id, now
    choice.save(update_fields=["state", "internship", "post", "decided_by", "decided_at"])
    record(actor, "placements.self_choice.approved", choice)
    publish(SelfChoiceDecided(self_choice_id=choice.pk))
    return choice.internship


def locked_choice(choice_id: int, *, actor: Actor) -> SelfChoice:
    seen = self_choices_visible_to(actor).filter(pk=choice_id).values("pk")
    rows = SelfChoice.objects.filter(pk__in=seen).select_for_update(of=("self",))
    return rows.select_related("person", "organisation", "plan").get()


def published_host(choice: SelfChoice) -> Host:
    """The school's entry of the organisation; the rules then ask how far it has come."""
    host = Host.objects.filter(
        school_id=choice.school_id, organisation_id=choice.organisation_id
    ).first()
    if host is None:
        raise DomainError("这家单位还不在本校实习单位名单里，请先登记、考察并公布，再同意申请。")
    return host


def require_confirmed_plan(choice: SelfChoice, *, host: Host) -> None:
    """The host must have confirmed the plan like any other."""
    confirmed = HostAnswer.objects.filter(
        plan=choice.plan, host=host, state=AnswerState.CONFIRMED
    ).exists()
    if not confirmed:
        raise DomainError("这家单位还没有确认实习方案，请先把方案送该单位确认（第八条）。")


def make_way(choice: SelfChoice, *, actor: Actor, now: datetime.datetime) -> None:
    """Cancel what the school had arranged for these days and has not begun."""
    waiting = (InternshipState.PLANNED, InternshipState.PREPARING)
    rows = Internship.objects.filter(
        person_id=choice.person_id,
        state__in=waiting,
        starts_on__lt=choice.ends_on,
        ends_on__gt=choice.starts_on,
    )
    for row in rows.order_by("pk"):
        cancel_internship(internship_id=row.pk, actor=actor, reason=REPLACED, now=now)


def make_post(choice: SelfChoice) -> InternshipPost:
    """The post of the application, for this one student (自主选择岗位)."""
    major = choice.school_class.cohort.programme.major.code[:2]
    mentor = Person.objects.filter(
        affiliations__organisation_id=choice.organisation_id, name=choice.mentor_name
    ).first()
    return InternshipPost.objects.create(
        organisation_id=choice.organisation_id,
        headcount=1,
        intensity=1,
        major_classes=[major],
        mentor=mentor,
        state=PostState.OPEN,
        is_demo=choice.is_demo,
        **{name: getattr(choice, name) for name in POST_FACTS},
    )


@transaction.atomic
def refuse_choice(
    *, choice_id: int, actor: Actor, reason: str, now: datetime.datetime
) -> SelfChoice:
    """Send the application back with a reason (退回)."""
    require_school_clerk(actor)
    choice = locked_choice(choice_id, actor=actor)
    choice.state = life.target("refuse", state=SelfChoiceState(choice.state), reason=reason)
    choice.decision, choice.decided_by_id, choice.decided_at = reason.strip(), actor.user_id, now
    choice.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    record(actor, "placements.self_choice.refused", choice, reason=reason)
    publish(SelfChoiceDecided(self_choice_id=choice.pk))
    return choice


@transaction.atomic
def withdraw_choice(*, choice_id: int, actor: Actor) -> SelfChoice:
    """The student takes the application back (撤回申请)."""
    choice = locked_choice(choice_id, actor=actor)
    if choice.person.user_id != actor.user_id:
        raise NotAllowed("申请由学生本人撤回。")
    choice.state = life.target("withdraw", state=SelfChoiceState(choice.state))
    choice.save(update_fields=["state"])
    record(actor, "placements.self_choice.withdrawn", choice)
    return choice
