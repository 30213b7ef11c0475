"""``silian scaffold FLOOR MODULE``: the rooms of a new module."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.scaffolding import FLOORS, NewModule, make_module, wiring


class Command(BaseCommand):
    help = "新建一个模块：各房间、一个聚合的完整一竖条、测试、说明"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("floor", choices=FLOORS)
        parser.add_argument("module", help="模块名，例如 training_bases")
        parser.add_argument("--aggregate", required=True, help="第一个聚合，例如 base")
        parser.add_argument("--label", required=True, help="模块的中文名，例如 实训基地")
        parser.add_argument("--aggregate-label", required=True, help="聚合的中文名，例如 基地")
        parser.add_argument(
            "--root", default=str(settings.BASE_DIR), help="写到哪个检出，默认本目录"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        new = NewModule(
            floor=options["floor"],
            module=options["module"],
            aggregate=options["aggregate"],
            label=options["label"],
            aggregate_label=options["aggregate_label"],
        )
        try:
            written = make_module(new, root=Path(options["root"]))
        except DomainError as refusal:
            raise CommandError(refusal.sentence, returncode=1) from None
        tidy(written)
        for path in written:
            self.stdout.write(f"  {path.relative_to(options['root'])}")
        self.stdout.write(wiring(new))


def tidy(paths: list[Path]) -> None:
    """Format what was written as the house does, where the formatter is installed."""
    ruff = Path(sys.executable).with_name("ruff")
    python = [str(path) for path in paths if path.suffix == ".py"]
    if ruff.exists():
        subprocess.run(
            [str(ruff), "check", "--quiet", "--select", "I", "--fix", *python], check=False
        )
        subprocess.run([str(ruff), "format", "--quiet", *python], check=False)
