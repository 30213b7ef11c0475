"""``silian refresh_recommendations``: compute all recommendations now, not next night."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from silian.operations.exchange.commands.match_refresh import refresh_recommendations


class Command(BaseCommand):
    """Readers see the old recommendations until the new ones are complete."""

    help = "立即重新计算全部推荐。可以在服务运行时执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        run = refresh_recommendations(now=timezone.now())
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{run.listings:,} 条供需有推荐，共 {run.pairs:,} 条（{seconds:.1f} 秒）。"
        )
