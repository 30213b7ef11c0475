"""``silian reference load``: load the classification catalogues (载入分类目录)."""

from __future__ import annotations

import argparse
import datetime
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference.choices import Catalogue
from silian.foundation.reference.commands.load import load_bundled_catalogues, load_catalogue
from silian.foundation.reference.gateways import Edition, table_text
from silian.foundation.reference.rules.comparison import Comparison
from silian.foundation.reference.rules.rows import UnreadableFile


class Command(BaseCommand):
    help = "载入分类目录：不带文件时载入随附的行政区划、行业、职业、专业目录。"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", choices=["load"])
        parser.add_argument("catalogue", nargs="?", choices=Catalogue.values)
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--if-empty", action="store_true", help="已载入的版本不再载入")
        parser.add_argument("--edition", help="版本，例如 2017")
        parser.add_argument("--valid-from", type=datetime.date.fromisoformat, help="启用日")
        parser.add_argument("--title", default="", help="名称")
        parser.add_argument("--source", default="", help="来源文件")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        try:
            results = self.load(options)
        except (DomainError, UnreadableFile) as reason:
            raise CommandError(getattr(reason, "sentence", str(reason)))
        for catalogue, comparison in results.items():
            self.stdout.write(f"{Catalogue(catalogue).label}：{described(comparison)}")
        if not results:
            self.stdout.write("各目录已载入，无需重复载入。")
        self.stdout.write(f"用时 {time.perf_counter() - started:.1f} 秒。")

    def load(self, options: dict[str, Any]) -> dict[str, Comparison]:
        if not options["file"]:
            return load_bundled_catalogues(
                actor=system_actor(), only_missing=options["if_empty"], today=timezone.localdate()
            )
        if not (options["edition"] and options["valid_from"]):
            raise CommandError("载入文件时须写明 --edition 版本 和 --valid-from 启用日。")
        if not options["file"].is_file():
            raise CommandError(f"找不到文件 {options['file']}。请核对路径。")
        edition = Edition(
            catalogue=options["catalogue"],
            edition=options["edition"],
            title=options["title"] or str(Catalogue(options["catalogue"]).label),
            source=options["source"] or options["file"].name,
            valid_from=options["valid_from"],
        )
        comparison = load_catalogue(
            actor=system_actor(),
            edition=edition,
            text=table_text(options["file"].read_bytes(), name=options["file"].name),
            today=timezone.localdate(),
        )
        return {edition.catalogue: comparison}


def described(comparison: Comparison) -> str:
    return (
        f"新增 {len(comparison.added)}，更名 {len(comparison.renamed)}，"
        f"停用 {len(comparison.ended)}，不变 {comparison.unchanged}"
    )
