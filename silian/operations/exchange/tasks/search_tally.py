"""Nights: forget single questions, count, suggest demands."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.operations.exchange.commands.demand_suggestion import suggest_demands
from silian.operations.exchange.commands.search_tally import forget_searches, tally_searches


@app.periodic(cron="10 17 * * *", periodic_id="exchange_forget_searches")
@app.task(name="exchange.forget_searches", queue="exchange", queueing_lock="forget_searches")
def forget_old_searches(timestamp: int) -> None:
    """Apart from the counting, so that nothing is kept longer because counting failed."""
    forget_searches(today=timezone.localdate())


@app.periodic(cron="20 17 * * *", periodic_id="exchange_tally_searches")
@app.task(name="exchange.tally_searches", queue="exchange", queueing_lock="tally_searches")
def tally_and_suggest(timestamp: int) -> None:
    """Twenty past one at night, Beijing time, when the day's questions are complete."""
    now = timezone.localtime()
    suggest_demands(questions=tally_searches(today=now.date()), now=now)
