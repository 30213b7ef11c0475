"""``silian agreement_actions``: write docs/agreements-actions.md from the table of steps."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from silian.casework.agreements.exports.actions import actions_document


class Command(BaseCommand):
    """One table for commands, buttons and readers."""

    help = "把协议办理一览写成 docs/agreements-actions.md；--check 只核对是否最新"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="不写文件，过时则失败")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "agreements-actions.md"
        text = actions_document()
        if not options["check"]:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"已写入 {path.name}")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError(
                "docs/agreements-actions.md 已过时，请运行 silian agreement_actions。", returncode=1
            )
