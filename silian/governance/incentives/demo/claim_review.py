"""Notices and signals of the demonstration city's claims."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from dataclasses import dataclass

from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.accreditation.demo.cast import Cast
from silian.governance.incentives.choices.claims import (
    ClaimState,
    NoticeState,
    StepKind,
    StepState,
)
from silian.governance.incentives.commands.claim_notices import line_of
from silian.governance.incentives.commands.claim_risks import look_for_risks
from silian.governance.incentives.models import Claim, ClaimCall, ClaimNotice, NoticeLine
from silian.registers.people.models import Person

PAID = (ClaimState.APPROVED, ClaimState.SETTLED)
CONTACT = "0000-0000000（演示）"
APPROVED_AGO, RUNNING_AGO = 26, 2  # days before today on which the notices began


@dataclass
class ClaimReviewBuilder:
    """What was paid had been public; one claim is public now; open claims have their signals."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Notices and signals; returns how many notices."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        self.calendar = site_calendar()
        rows = Claim.objects.select_related("call", "organisation").order_by("pk")
        past: dict[ClaimCall, list[Claim]] = defaultdict(list)
        for claim in rows.filter(state__in=PAID):
            past[claim.call].append(claim)
        for call, claims in past.items():
            self.notice(call, claims, ago=APPROVED_AGO, ended=True)
        waiting = rows.filter(state=ClaimState.REVIEW, steps__kind=StepKind.CERTIFY).distinct()
        for claim in list(waiting)[:1]:
            self.agree(claim)
            self.notice(claim.call, [claim], ago=RUNNING_AGO, ended=False)
        open_claims = list(rows.filter(state=ClaimState.REVIEW))
        self.share_a_phone(open_claims)
        for claim in open_claims:
            look_for_risks(claim_id=claim.pk, now=self.cast.moment(1))
        return ClaimNotice.objects.count()

    def share_a_phone(self, claims: list[Claim]) -> None:
        """Two people of one open claim gave the same number, for a reviewer to look into."""
        for claim in claims:
            ids = claim.items.filter(person__isnull=False).values("person")
            people = list(Person.objects.filter(pk__in=ids).order_by("pk")[:2])
            if len(people) == 2 and people[0].phone_cipher:
                people[1].phone_cipher = people[0].phone_cipher
                people[1].phone_mask = people[0].phone_mask
                people[1].save(update_fields=["phone_cipher", "phone_mask"])
                return

    def agree(self, claim: Claim) -> None:
        """Every school and office agreed; the lead department decided."""
        moment = self.cast.moment(RUNNING_AGO + 1)
        claim.steps.update(
            state=StepState.AGREED, opened_on=self.cast.day(9), due_on=self.cast.day(3),
            answered_at=moment, opinion="同意",
        )  # fmt: skip
        claim.state, claim.entitled, claim.decided_at = ClaimState.NOTICE, claim.planned, moment
        claim.save(update_fields=["state", "entitled", "decided_at"])

    def notice(self, call: ClaimCall, claims: list[Claim], *, ago: int, ended: bool) -> None:
        starts = self.cast.day(ago)
        ends = self.calendar.add(starts, days=call.notice_days)
        made = ClaimNotice.objects.create(
            call=call, title=f"{call.title}拟拨付公示"[:80], starts_on=starts, ends_on=ends,
            contact=CONTACT, published_at=self.cast.moment(ago), is_demo=True,
            state=NoticeState.ENDED if ended else NoticeState.RUNNING,
            ended_at=self.cast.moment(ago - 8) if ended else None,
        )  # fmt: skip
        NoticeLine.objects.bulk_create([line_of(made, claim) for claim in claims])
