"""The clocks of negotiations: remind, lapse, recount."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.operations.exchange.commands.negotiation_closing import lapse_negotiation, remind_owner
from silian.operations.exchange.commands.negotiation_response import recount_responses
from silian.operations.exchange.queries.negotiation_clocks import due_soon_ids, silent_ids
from silian.operations.exchange.queries.negotiation_responses import organisations_to_recount


@app.periodic(cron="5 * * * *", periodic_id="exchange_silence")
@app.task(name="exchange.end_silent_negotiations", queue="exchange", queueing_lock="silence")
def end_silent_negotiations(timestamp: int) -> None:
    """End the negotiations whose owner let the clock run out; each in its own transaction."""
    now = timezone.now()
    for negotiation_id in silent_ids(now=now):
        lapse_negotiation(negotiation_id=negotiation_id, actor=system_actor(), now=now)


@app.periodic(cron="35 * * * *", periodic_id="exchange_reminders")
@app.task(name="exchange.remind_silent_owners", queue="exchange", queueing_lock="reminders")
def remind_silent_owners(timestamp: int) -> None:
    """Remind owners whose clock has two working days left, once."""
    now = timezone.now()
    for negotiation_id in due_soon_ids(now=now):
        remind_owner(negotiation_id=negotiation_id, actor=system_actor(), now=now)


@app.periodic(cron="20 19 * * *", periodic_id="exchange_responses")
@app.task(name="exchange.recount_responses", queue="exchange", queueing_lock="responses")
def recount_all_responses(timestamp: int) -> None:
    """Recount what changes with time alone: the window of 180 days moves every night."""
    now = timezone.now()
    for organisation_id in sorted(organisations_to_recount(now=now)):
        recount_responses(organisation_id=organisation_id, now=now)
