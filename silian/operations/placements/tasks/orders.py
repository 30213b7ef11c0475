"""The clock of order classes: when training ends, hiring is to be settled."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.operations.placements.commands.orders import end_training
from silian.operations.placements.queries.orders import orders_past_training


@app.periodic(cron="20 1 * * *", periodic_id="placements_order_training")
@app.task(name="placements.end_order_training", queue="placements", queueing_lock="order_training")
def end_order_training(timestamp: int) -> None:
    """Move every order past its last day to hiring; each in its own transaction."""
    today = timezone.localdate()
    for order in orders_past_training(on=today):
        end_training(order_id=order.pk, actor=system_actor(), on=today)
