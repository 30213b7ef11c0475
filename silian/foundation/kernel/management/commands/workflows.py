"""``silian workflows``: draw every workflow table into docs/workflows.md."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from silian.foundation.kernel.workflow_documents import workflows_document


class Command(BaseCommand):
    help = "把各模块的流程表画成 docs/workflows.md；--check 只核对是否最新"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="不写文件，过时则失败")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "workflows.md"
        text = workflows_document()
        if not options["check"]:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"已写入 {path.name}")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError("docs/workflows.md 已过时，请运行 silian workflows。", returncode=1)
