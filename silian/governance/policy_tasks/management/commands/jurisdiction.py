"""``silian jurisdiction load 530300``, ``list`` and ``show CODE``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError
from silian.governance.policy_tasks.commands.jurisdictions import load_jurisdiction
from silian.governance.policy_tasks.queries.jurisdictions import (
    JurisdictionSummary,
    jurisdiction_summary,
    known_jurisdictions,
)

MOST_SHOWN = 20  # changes listed one by one; more are only counted


class Command(BaseCommand):
    """Sets up jurisdictions from the rulebooks."""

    help = "从规则库载入一个地区的文件、责任单位、参数、任务和目标"

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        loading = steps.add_parser("load", help="载入一个或几个地区，可重复运行")
        loading.add_argument("codes", nargs="+", metavar="区划代码")
        steps.add_parser("list", help="列出规则库中的地区")
        showing = steps.add_parser("show", help="显示一个已载入的地区")
        showing.add_argument("code", metavar="区划代码")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["step"])(**options)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from None

    def load(self, *, codes: list[str], **_: Any) -> None:
        for code in codes:
            found = load_jurisdiction(code=code, actor=system_actor(), now=timezone.localtime())
            if found.is_unchanged:
                self.stdout.write(f"{found.name}（{code}）：没有变化。")
                continue
            made = "，".join(f"{name} {number}" for name, number in found.made.items())
            self.stdout.write(f"{found.name}（{code}）：新增 {made or '无'}。")
            for line in found.updated[:MOST_SHOWN]:
                self.stdout.write(f"  已更新：{line}")
            if len(found.updated) > MOST_SHOWN:
                self.stdout.write(f"  共更新 {len(found.updated)} 处。")

    def list(self, **_: Any) -> None:
        for code, name, is_loaded in known_jurisdictions():
            self.stdout.write(f"{code}  {name}  {'已载入' if is_loaded else '未载入'}")

    def show(self, *, code: str, **_: Any) -> None:
        summary = jurisdiction_summary(code)
        if summary is None:
            raise CommandError(f"{code} 还没有载入。请运行 silian jurisdiction load {code}。")
        for name, value in lines_of(summary):
            self.stdout.write(f"{name}：{value}")


def lines_of(summary: JurisdictionSummary) -> list[tuple[str, object]]:
    return [
        ("文件", summary.document),
        ("条款", summary.clauses),
        ("责任单位", summary.bodies),
        ("任务", f"{summary.tasks}，其中写明牵头单位 {summary.led}"),
        ("任务×单位", summary.assignments),
        ("目标", f"{summary.targets}，其中重复表述 {summary.repeated}，不重复计数"),
        ("有期限无数量的目标", summary.goals),
        ("参数", f"{summary.parameters}，其中未设定 {summary.open_parameters}"),
    ]
