"""The ledger of the demonstration plan with eighteen months of plausible life."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor, system_actor
from silian.governance.policy_tasks.choices import ReportState, TaskState, Weather
from silian.governance.policy_tasks.commands.target_drafting import draft_targets_of_document
from silian.governance.policy_tasks.commands.task_drafting import draft_tasks_of_document
from silian.governance.policy_tasks.demo.ledger_words import DIFFICULTIES, REPORTS, STEPS
from silian.governance.policy_tasks.demo.targets import TargetBuilder
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.progress import ProgressReport, SupervisorWeather
from silian.governance.policy_tasks.models.tasks import TaskBody
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.policies.models import PolicyBody, PolicyDocument

ONE_DAY = datetime.timedelta(days=1)
# How the tasks of the plan went, in turn: the plan's own mix of luck and effort.
FATES = (
    "running", "done", "running", "late", "running", "done", "behind", "running", "unsigned",
    "done", "running", "claimed", "late", "running", "done", "blocked", "running", "silent",
    "running", "done", "draft", "running", "behind", "running", "late", "done", "running",
)  # fmt: skip
DAYS_TO_ASSIGN, DAYS_TO_SIGN, DAYS_BETWEEN_REPORTS = 12, 3, 28
REPORTERS = (Role.AGENT, Role.REVIEWER, Role.COORDINATOR, Role.MANAGER)


PACE = {"behind": 0.65, "blocked": 0.55, "late": 0.85, "silent": 0.7}
HALF_A_YEAR = datetime.timedelta(days=182)


@dataclass
class LedgerBuilder:
    """Drafts through the commands; the life of each task is written as it would have gone."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    reporters: dict[int, User] = field(default_factory=dict)

    def build(self) -> list[PolicyTask]:
        """The tasks of the issued plan, and its targets with their metrics and baselines."""
        plan = PolicyDocument.objects.public().filter(is_demo=True).order_by("pk").first()
        if plan is None:
            return []
        tasks = draft_tasks_of_document(document_id=plan.pk, actor=system_actor())
        draft_targets_of_document(document_id=plan.pk, actor=system_actor())
        self.join_bodies(plan)
        for place, task in enumerate(tasks):
            self.live(task, fate=FATES[place % len(FATES)], plan=plan)
        TargetBuilder(on=self.on, document=plan).build()
        return tasks

    def join_bodies(self, plan: PolicyDocument) -> None:
        """Join each named department to its office, and find who reports for it."""
        bodies = PolicyBody.objects.filter(
            division_id=plan.division_id, organisation__isnull=False
        ).select_related("organisation")
        for body in bodies:
            person = self.person_of(body.organisation)
            if person is not None:
                self.reporters[body.pk] = person

    def person_of(self, office: Organisation | None) -> User | None:
        rows = Membership.objects.in_force(on=self.on).filter(
            organisation=office, role__in=REPORTERS
        )
        member = rows.select_related("user").order_by("pk").first()
        return member.user if member else None

    def live(self, task: PolicyTask, *, fate: str, plan: PolicyDocument) -> None:
        """One task from its draft to where it stands today."""
        self.name_lead(task)
        if task.lead is None or fate == "draft":
            return
        given = (plan.issued_on or self.on) + (DAYS_TO_ASSIGN + self.rng.randint(0, 6)) * ONE_DAY
        task.assigned_at = self.moment(given)
        task.state = TaskState.ASSIGNED
        task.due_on = self.due(task, fate=fate, given=given)
        person = self.reporters.get(task.lead_id or 0)
        if fate != "unsigned" and person is not None:
            self.work(task, fate=fate, given=given, person=person)
        task.save()

    def name_lead(self, task: PolicyTask) -> None:
        """The coordinator names the lead where the text names none, for most of them."""
        if task.lead is not None or self.rng.random() < 0.15:
            return
        shared = [row for row in task.bodies.all() if not row.body.is_generic]
        able = [row for row in shared if row.body_id in self.reporters]
        if able:
            task.lead = self.rng.choice(able).body
            TaskBody.objects.filter(task=task, body=task.lead).delete()
            task.save(update_fields=["lead"])

    def due(self, task: PolicyTask, *, fate: str, given: datetime.date) -> datetime.date | None:
        """The day in the text; else a day that fits what became of the task."""
        spans = {
            "late": (-70, -3),
            "done": (-150, -20),
            "claimed": (-5, 20),
            "behind": (20, 120),
            "blocked": (15, 90),
        }
        first, last = spans.get(fate, (12, 400))
        if task.due_on is not None and (task.due_on < self.on) == (fate in ("late", "done")):
            return task.due_on
        return max(self.on + self.rng.randint(first, last) * ONE_DAY, given + 20 * ONE_DAY)

    def work(self, task: PolicyTask, *, fate: str, given: datetime.date, person: User) -> None:
        """Signature, monthly reports, and the end where there was one."""
        task.signed_at = self.moment(given + DAYS_TO_SIGN * ONE_DAY)
        task.owner = person
        task.state = TaskState.RUNNING
        days = self.report_days(task, fate=fate, given=given)
        reach = self.reach(task, fate=fate, given=given)
        for place, day in enumerate(days, start=1):
            share = reach * place / len(days)
            self.report(task, day=day, share=share, fate=fate, is_last=place == len(days))
        if fate in ("late", "behind"):
            self.look_closer(task)
        if fate == "claimed" and days:
            task.state = TaskState.CLAIMED
        if fate == "done" and days:
            task.state, task.done_on, task.percent = TaskState.DONE, days[-1] + 4 * ONE_DAY, 100

    def reach(self, task: PolicyTask, *, fate: str, given: datetime.date) -> float:
        """How far a task has come: all the way when finished, else about as far as the time."""
        if fate in ("done", "claimed"):
            return 1.0
        due = task.due_on or self.on + HALF_A_YEAR
        passed = (self.on - given) / max(due - given, ONE_DAY)
        share = passed * PACE.get(fate, 1.0) + self.rng.uniform(-0.08, 0.08)
        return min(0.95, max(0.1, share))

    def report_days(
        self, task: PolicyTask, *, fate: str, given: datetime.date
    ) -> list[datetime.date]:
        """About one report a month; a silent unit stopped long ago."""
        last = self.on - self.rng.randint(1, 20) * ONE_DAY
        if fate == "silent":
            last = self.on - self.rng.randint(50, 80) * ONE_DAY
        if fate == "done" and task.due_on is not None:
            last = min(last, task.due_on - self.rng.randint(2, 15) * ONE_DAY)
        days = []
        day = last
        while day > given + 10 * ONE_DAY:
            days.append(day)
            day -= (DAYS_BETWEEN_REPORTS + self.rng.randint(-4, 4)) * ONE_DAY
        return days[::-1]

    def report(
        self, task: PolicyTask, *, day: datetime.date, share: float, fate: str, is_last: bool
    ) -> None:
        """One report; the last one shows how the task stands and bears the evidence."""
        weather = {"blocked": Weather.BLOCKED, "behind": Weather.BEHIND}.get(fate, Weather.NORMAL)
        weather = weather if is_last else Weather.NORMAL
        ends = is_last and fate in ("done", "claimed")
        values: dict[str, Any] = {
            "text": self.rng.choice(REPORTS),
            "percent": min(100, max(5, round(share * 100 / 5) * 5)),
            "weather": weather,
            "difficulty": self.rng.choice(DIFFICULTIES) if weather == Weather.BLOCKED else "",
            "next_step": "" if ends else self.rng.choice(STEPS),
            "claims_done": ends,
            "state": ReportState.CONFIRMED if ends and fate == "done" else ReportState.SUBMITTED,
        }
        office = task.lead.organisation if task.lead else None
        if office is None or task.owner is None:
            return
        report = ProgressReport.objects.create(
            task=task,
            organisation=office,
            reported_by=task.owner,
            reported_at=self.moment(day),
            **values,
        )
        task.percent, task.weather = values["percent"], weather
        task.last_report_at = report.reported_at
        if ends:
            self.prove(report, day=day)

    def prove(self, report: ProgressReport, *, day: datetime.date) -> None:
        """The evidence of a finished task: a short minute of its acceptance."""
        person = report.reported_by
        words = f"{report.task.title}\n{day:%Y年%m月%d日}，责任单位自评合格，材料齐全。（演示）"
        files.store_content(
            name=f"办结说明{day:%Y%m%d}.txt",
            content=words.encode(),
            subject=report,
            actor=Actor(
                user_id=person.pk, name=person.name, organisation_id=report.organisation_id
            ),
        )

    def look_closer(self, task: PolicyTask) -> None:
        """The supervisor sees it less brightly than the unit."""
        supervisor = (
            Membership.objects.in_force(on=self.on)
            .filter(role=Role.SUPERVISOR, organisation__kind=OrganisationKind.GOVERNMENT)
            .select_related("user")
            .first()
        )
        if supervisor is None or self.rng.random() < 0.4:
            return
        SupervisorWeather.objects.create(
            task=task,
            weather=Weather.BEHIND,
            reason="现场查看和台账比对，主体工作尚未完成",
            said_by=supervisor.user,
            said_at=self.moment(self.on - 2 * ONE_DAY),
        )
        task.weather_by_supervisor = Weather.BEHIND

    def moment(self, day: datetime.date) -> datetime.datetime:
        """A working hour of a day."""
        hour = datetime.time(9 + self.rng.randint(0, 7), self.rng.randint(0, 59))
        return timezone.make_aware(datetime.datetime.combine(day, hour))
