"""``silian metrics recompute``: count metrics again from the command line."""

from __future__ import annotations

import datetime
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.divisions import measured_divisions
from silian.casework.metrics.registry import Metric, declared_metric, declared_metrics
from silian.casework.metrics.rules.periods import history_start
from silian.foundation.kernel.actors import subtree_prefix


class Command(BaseCommand):
    help = "指标：recompute 按明细重算；可限定指标、区划和起始日"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["recompute"])
        parser.add_argument("--code", help="指标代码，默认全部")
        parser.add_argument("--division", default="", help="区划代码，连同下级和上级一起重算")
        parser.add_argument(
            "--since", type=datetime.date.fromisoformat, help="起始日，默认 24 个月前的月初"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        since = options["since"] or history_start(timezone.localdate(now))
        touched = divisions_in(options["division"])
        started, counted, changed = time.monotonic(), 0, 0
        for metric in chosen(options["code"]):
            done = recount(metric=metric, since=since, now=now, touched=touched)
            counted, changed = counted + done.counted, changed + done.changed
        seconds = time.monotonic() - started
        self.stdout.write(f"核算 {counted:,} 个数值，{changed:,} 个有变化（{seconds:.1f} 秒）")


def chosen(code: str | None) -> list[Metric]:
    """The metric named, or all that modules compute."""
    if code is None:
        return list(declared_metrics().values())
    metric = declared_metric(code)
    if metric is None:
        raise CommandError(f"没有代码为 {code} 的指标，或它由人工填报。", returncode=2)
    return [metric]


def divisions_in(code: str) -> list[str]:
    """The measured divisions of the subtree; none is no limit."""
    if not code:
        return []
    rows = measured_divisions().filter(code__startswith=subtree_prefix(code))
    found = list(rows.values_list("code", flat=True))
    if not found:
        raise CommandError(f"区划 {code} 不在本平台统计范围内。", returncode=2)
    return found
