"""Work of ui that takes long, or that nobody asks for."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.jobs import long_job
from silian.foundation.ui import drafts, large_exports

DRAFTS_KEPT = datetime.timedelta(days=90)  # typed text holds personal data: keep it a quarter

long_job("ui.export")(large_exports.write_export)


@app.periodic(cron="47 3 * * *", periodic_id="clean_drafts")
@app.task(name="ui.clean_drafts", queue="ui")
def clean_drafts(timestamp: int) -> None:
    """Forget drafts that were left lying."""
    drafts.forget_drafts(before=timezone.now() - DRAFTS_KEPT)
