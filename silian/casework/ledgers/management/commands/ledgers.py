"""``silian ledgers check``: recompute every balance and say any difference."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.queries.checking import differences


class Command(BaseCommand):
    help = "资金台账：check 从凭证和业务记录重算全部余额，逐条说出差异"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        for difference in found:
            self.stderr.write(str(difference))
        if found:
            raise CommandError(
                f"账簿有 {len(found)} 处差异。请停止付款，查明原因后再继续。", returncode=1
            )
        self.stdout.write(f"账簿相符：{JournalEntry.objects.count():,} 张凭证，借贷全部平衡。")
