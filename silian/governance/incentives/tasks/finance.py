"""The daily clock of answers that providers owe."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.governance.incentives.commands.finance_notices import remind_of_answer
from silian.governance.incentives.models import FinanceAnswer
from silian.governance.incentives.queries.finance_deals import WAITING


@app.periodic(cron="40 7 * * *", periodic_id="incentives_finance_answers")
@app.task(name="incentives.finance_answers", queue="incentives", queueing_lock="finance_answers")
def warn_of_late_answers(timestamp: int) -> None:
    """Tell providers of answers whose clock ran out."""
    now = timezone.localtime()
    late = FinanceAnswer.objects.filter(state__in=WAITING, due_at__lte=now)
    for answer_id in late.values_list("pk", flat=True):
        remind_of_answer(answer_id=answer_id, today=now.date())
