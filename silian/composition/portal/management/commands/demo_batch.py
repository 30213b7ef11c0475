"""``silian demo batch``: a whole batch of recognition in the demonstration province."""

from __future__ import annotations

import datetime
import unicodedata
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.demo.batch.story import BatchStory, Line
from silian.foundation.kernel.errors import DomainError

SEED = 20260318
WIDE = "WF"  # East Asian characters that take two columns of a terminal
PHASE_COLUMNS = 12


class Command(BaseCommand):
    """From the call to one exit with a five-year ban, by the real commands, in story time."""

    help = "在演示城市里办完一批产教融合型企业认定：从申报通知到目录，到一家取消并五年禁报。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--applicants", type=int, default=60, help="申报单位数，默认 60 家")
        parser.add_argument("--seed", type=int, default=SEED, help="随机种子")
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="故事止于哪天，默认今天")

    def handle(self, *args: Any, **options: Any) -> None:
        story = BatchStory(
            seed=options["seed"],
            on=options["on"] or timezone.localdate(),
            applicants=options["applicants"],
        )
        seconds = 0.0
        try:
            with transaction.atomic():
                self.stdout.write(heading())
                for place, line in enumerate(story.run(), start=1):
                    seconds += line.seconds
                    self.stdout.write(row_of(place, line))
        except DomainError as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"全部办完，用时 {seconds:.1f} 秒。公开页面：/reviews/catalogue/")


def heading() -> str:
    return f"{'':>2}  {padded('阶段')}{'起':<12}{'止':<12}{'历时':>6}{'用时':>8}  办理结果"


def row_of(place: int, line: Line) -> str:
    """One phase in columns: number, name, days of the story, seconds of the machine, result."""
    return (
        f"{place:>2}  {padded(line.phase)}{line.since!s:<13}{line.until!s:<13}"
        f"{line.days:>4} 天{line.seconds:>7.1f} 秒  {line.said}"
    )


def padded(text: str) -> str:
    """A text and as many spaces as fill its column."""
    width = sum(2 if unicodedata.east_asian_width(one) in WIDE else 1 for one in text)
    return text + " " * max(1, PHASE_COLUMNS - width)
