"""Batches of payments, and the nightly look at facts, overrides and instalments."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.jobs import Outcome, Progress, long_job
from silian.governance.incentives.commands.claim_checks import expire_overrides
from silian.governance.incentives.commands.claim_following import follow_open_payments
from silian.governance.incentives.commands.claim_orders import JOB, order_many
from silian.governance.incentives.commands.recalculations import find_drift
from silian.governance.incentives.commands.recoveries import note_reminders
from silian.governance.incentives.queries.recoveries import cases_to_remind
from silian.registers.accounts.models import User
from silian.registers.organisations.queries.identity import actor_for


def starter_of(progress: Progress) -> Actor:
    """Who started the job, with the roles of today."""
    job = progress.job
    user = User.objects.get(pk=job.actor_id or 0)
    return actor_for(user=user, on=timezone.localdate(), organisation_id=job.organisation_id)


@long_job(JOB)
def order_batch(progress: Progress, *, payment_ids: list[int]) -> Outcome:
    """Order each payment; begun again after a crash it finds what is ordered already."""
    result = order_many(
        payment_ids=payment_ids,
        on=timezone.localdate(),
        now=timezone.now(),
        actor=starter_of(progress),
        tell=lambda done: progress.report(
            done=done, total=len(payment_ids), message="正在逐笔核对并安排"
        ),
    )
    return Outcome(message=result.sentence[:200], url=reverse("incentives:payment_list"))


@app.periodic(cron="20 19 * * *", periodic_id="incentives_claim_money")
@app.task(name="incentives.claim_money", queue="incentives", queueing_lock="incentives_claim_money")
def look_at_claims(timestamp: int) -> None:
    """Twenty past three in the morning, Beijing time: facts, overrides, instalments."""
    now, on = timezone.now(), timezone.localdate()
    follow_open_payments()
    expire_overrides(on=on)
    find_drift(on=on, now=now, actor=system_actor())
    note_reminders(cases=cases_to_remind(on=on), on=on)
