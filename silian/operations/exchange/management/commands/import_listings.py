"""``silian import listings FILE``: take a file of listings in from the command line."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.choices import ImportMode, Side
from silian.operations.exchange.commands import listing_import, listing_import_running
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing_import import ListingImport
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Organisation

SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    """The same commands as the web wizard, for one organisation."""

    help = "导入供需信息：xlsx 或 csv（UTF-8、GB18030）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="文件")
        parser.add_argument("--organisation", help="发布单位的名称、简称或统一社会信用代码")
        parser.add_argument("--kind", default="job", choices=sorted(listing_kinds()), help="类别")
        parser.add_argument("--side", default=Side.DEMAND, choices=Side.values, help="方向")
        parser.add_argument("--all-or-nothing", action="store_true", help="有坏行就都不导入")
        parser.add_argument(
            "--suggest",
            action="store_true",
            help="按标题和内容识别职业、技能和层次，并注明为识别所得",
        )
        parser.add_argument("--check", action="store_true", help="只检查，不导入")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"没有文件 {path}。")
        actor = actor_of(options["organisation"])
        try:
            self.take_in(path, actor=actor, **options)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from None

    def take_in(self, path: Path, *, actor: Actor, **options: Any) -> None:
        started = time.monotonic()
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        with transaction.atomic():
            batch = listing_import.upload_listings(
                actor=actor, upload=upload, kind=options["kind"], side=options["side"]
            )
            mode = ImportMode.ALL_OR_NOTHING if options["all_or_nothing"] else ImportMode.GOOD_ROWS
            listing_import.settle_columns(batch, mapping=batch.mapping, mode=mode)
        batch = listing_import_running.finish_check(import_id=batch.pk, tell=lambda done: None)
        self.show_check(batch, seconds=time.monotonic() - started)
        if options["check"]:
            return
        started = time.monotonic()
        with transaction.atomic():
            listing_import.settle_confirmation(batch, takes_suggestions=options["suggest"])
        batch = listing_import_running.finish_import(import_id=batch.pk, tell=lambda done: None)
        listing_import_running.make_findable(import_id=batch.pk)  # also where no worker runs
        self.stdout.write(
            f"新增 {batch.created_rows:,}，更新 {batch.changed_rows:,}，不变 {batch.same_rows:,}，"
            f"其中待改草稿 {batch.held_rows:,}（{time.monotonic() - started:.1f} 秒）"
        )

    def show_check(self, batch: ListingImport, *, seconds: float) -> None:
        share = batch.placed_rows / batch.rows if batch.rows else 0
        self.stdout.write(
            f"共 {batch.rows:,} 行：不能导入 {batch.refused_rows:,}，"
            f"重复 {batch.duplicate_rows:,}，写明地区 {share:.1%}，"
            f"标题认得出职业 {batch.suggested_rows:,}（{seconds:.1f} 秒）"
        )
        for problem in batch.problems.filter(refuses=True).exclude(column="整行")[:SHOWN_PROBLEMS]:
            self.stdout.write(f"  第 {problem.row} 行“{problem.column}”：{problem.sentence}")


def actor_of(named: str | None) -> Actor:
    """The organisation that publishes, acting through the command line."""
    rows = Organisation.objects.order_by("pk")
    if named:
        rows = rows.filter(Q(name=named) | Q(short_name=named) | Q(uscc=named))
    organisation = rows.filter(state="verified").first()
    if organisation is None:
        raise CommandError("没有找到这个已核验的单位，请用 --organisation 写明名称或信用代码。")
    return Actor(
        name="命令行",
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        organisation_verified=True,
        roles=frozenset({Role.AGENT}),
        is_system=True,
    )
