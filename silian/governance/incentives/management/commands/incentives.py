"""``silian incentives check``: recompute the money of every claim and say any difference."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_checking import claim_differences


class Command(BaseCommand):
    help = "补贴申领：check 从资金台账重算每份申领的应得、已付、已退回和未付，逐条说出差异"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = claim_differences()
        for difference in found:
            self.stderr.write(str(difference))
        if found:
            raise CommandError(
                f"申领资金有 {len(found)} 处差异。请停止付款，查明原因后再继续。", returncode=1
            )
        count = Claim.objects.count()
        self.stdout.write(f"申领资金相符：{count:,} 份申领，应得 = 已付 − 已退回 + 未付。")
