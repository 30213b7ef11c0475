"""``silian incentives check``: recompute the money of claims and rewards, say any difference."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_checking import claim_differences
from silian.governance.incentives.queries.reward_checking import (
    reward_differences,
    rewards_with_money,
)


class Command(BaseCommand):
    help = "申领和奖励：check 从资金台账重算每份的应得、已付、已退回和未付，逐条说出差异"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*claim_differences(), *reward_differences()]
        for difference in found:
            self.stderr.write(str(difference))
        if found:
            raise CommandError(
                f"申领和奖励资金有 {len(found)} 处差异。请停止付款，查明原因后再继续。",
                returncode=1,
            )
        count, rewards = Claim.objects.count(), len(rewards_with_money())
        self.stdout.write(
            f"资金相符：{count:,} 份申领，{rewards:,} 笔奖励，应得 = 已付 − 已退回 + 未付。"
        )
