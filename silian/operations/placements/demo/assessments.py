"""Builds reports, assessments, credit and certificates of internships that are over."""

from __future__ import annotations

import datetime
import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    AssessmentSide,
    AssessmentState,
)
from silian.operations.placements.commands.assessments import make_items
from silian.operations.placements.commands.files import CODE_BYTES, snapshot_of
from silian.operations.placements.models import (
    Assessment,
    AssessmentItem,
    AssessmentScore,
    CreditGrant,
    Internship,
    InternshipCertificate,
    InternshipReport,
)
from silian.operations.placements.queries.files import files_of
from silian.operations.placements.rules.assessment import USUAL_SHEET, side_score, total_score
from silian.operations.placements.rules.files import certificate_number

DAY = datetime.timedelta(days=1)
STEPS = (*["final"] * 8, "shown", "open")
HOST, SCHOOL = AssessmentSide.HOST, AssessmentSide.SCHOOL
SUMMARY = (
    "实习期间了解了企业的组织、岗位和安全要求，跟随师傅观察并记录了三个岗位的典型工作任务。"
    "最大的收获是明白图样、工艺和检验是连在一起的；不足是记录还不够细，下一阶段要多动手。"
)


@dataclass
class AssessmentMaker:
    """Assesses finished internships: most final, some waiting, one objected to."""

    rng: random.Random
    now: datetime.datetime

    def write(self, rows: Sequence[Internship]) -> None:
        self.items: dict[int, list[AssessmentItem]] = {}
        self.points: dict[int, dict[int, int]] = {}
        for row in rows:
            if row.plan_id not in self.items:
                self.items[row.plan_id] = make_items(row.plan, USUAL_SHEET)
        steps = [STEPS[place % len(STEPS)] for place in range(len(rows))]
        self.reports([row for row, step in zip(rows, steps, strict=True) if step != "open"])
        made = Assessment.objects.bulk_create(
            [self.assessment(row, step) for row, step in zip(rows, steps, strict=True)]
        )
        self.scores(made)
        done = [row for row, step in zip(rows, steps, strict=True) if step == "final"]
        Internship.objects.filter(pk__in=[row.pk for row in done]).update(
            state=InternshipState.ASSESSED
        )
        self.credit_and_certify(done)

    def reports(self, rows: Sequence[Internship]) -> None:
        InternshipReport.objects.bulk_create(
            InternshipReport(
                internship=row,
                title=f"{row.post.title}实习报告",
                summary=SUMMARY,
                submitted_at=self.now - 25 * DAY,
                accepted_by_id=row.teacher.user_id if row.teacher else None,
                accepted_at=self.now - 22 * DAY,
            )
            for row in rows
        )

    def assessment(self, row: Internship, step: str) -> Assessment:
        made = Assessment(internship=row, school_weight=row.plan.school_weight)
        points = {item.pk: self.rng.randint(76, 96) for item in self.items[row.plan_id]}
        self.points[row.pk] = points
        for side in (HOST,) if step == "open" else (HOST, SCHOOL):
            items = [item for item in self.items[row.plan_id] if item.side == side]
            weights = {item.pk: item.weight for item in items}
            setattr(made, f"{side}_score", side_score(weights=weights, scores=points))
            setattr(made, f"{side}_comment", "按规程操作，记录认真，能主动提问。")
            setattr(made, f"{side}_at", self.now - 20 * DAY)
        if step != "open":
            self.show(made, is_final=step == "final")
        return made

    def show(self, made: Assessment, *, is_final: bool) -> None:
        made.total = total_score(
            host=made.host_score or Decimal(0),
            school=made.school_score or Decimal(0),
            school_weight=made.school_weight,
        )
        made.shown_at = self.now - (18 if is_final else 1) * DAY
        made.reply_due_at = made.shown_at + 7 * DAY
        made.state = AssessmentState.FINAL if is_final else AssessmentState.SHOWN
        made.final_at = self.now - 15 * DAY if is_final else None

    def scores(self, made: Sequence[Assessment]) -> None:
        AssessmentScore.objects.bulk_create(
            AssessmentScore(
                assessment=row, item=item, score=self.points[row.internship_id][item.pk]
            )
            for row in made
            for item in self.items[row.internship.plan_id]
            if item.side == HOST or row.school_score is not None
        )

    def credit_and_certify(self, rows: Sequence[Internship]) -> None:
        """Credits for all whose result is final, and a certificate for each."""
        papers = files_of(internship_ids=[row.pk for row in rows], now=self.now)
        full = (
            Internship.objects.filter(pk__in=[row.pk for row in rows])
            .select_related(
                "person", "school", "school_class", "plan__cohort__programme", "organisation",
                "post", "assessment",
            )
            .order_by("pk")
        )  # fmt: skip
        issued = self.now.date() - 14 * DAY
        CreditGrant.objects.bulk_create(
            CreditGrant(
                internship=row,
                credits=row.plan.credits,
                score=row.assessment.total or Decimal(0),
                file_percent=papers[row.pk].percent,
                missing=[part.code for part in papers[row.pk].missing],
                granted_on=issued,
            )
            for row in full
        )
        InternshipCertificate.objects.bulk_create(
            InternshipCertificate(
                internship=row,
                number=certificate_number(issued_on=issued, school_id=row.school_id, place=place),
                code=secrets.token_urlsafe(CODE_BYTES),
                snapshot=snapshot_of(row),
                issued_on=issued,
                is_demo=True,
            )
            for place, row in enumerate(full, start=1)
        )
