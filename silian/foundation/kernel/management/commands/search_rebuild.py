"""``silian search rebuild``: write the index anew from the tables."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from silian.foundation.kernel.search.errors import IndexUnavailable
from silian.foundation.kernel.search.rebuilding import rebuild
from silian.foundation.kernel.search.sources import SearchSource, sources
from silian.foundation.kernel.search.terms import refresh_terms


class Command(BaseCommand):
    """The index holds nothing that the tables do not; losing it costs this command."""

    help = "按数据表重建检索，显示进度。重建期间原有检索照常可用；中断后加 --resume 接着办。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--subject", help="只重建一种对象，例如 listing")
        parser.add_argument("--resume", action="store_true", help="从上次中断处接着办")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = [source for source in sources() if options["subject"] in (None, source.subject)]
        if not chosen:
            known = "、".join(source.subject for source in sources())
            raise CommandError(f"没有这种对象。可选：{known}。")
        for source in chosen:
            self.rebuild(source, resume=options["resume"])
        self.stdout.write(f"检索词：{refresh_terms():,} 个。")

    def rebuild(self, source: SearchSource, *, resume: bool) -> None:
        started = time.monotonic()

        def tell(done: int, total: int) -> None:
            seconds = time.monotonic() - started
            self.stdout.write(f"{source.label}：{done:,} / {total:,} 条（{seconds:.1f} 秒）")

        try:
            done = rebuild(source, resume=resume, tell=tell)
        except IndexUnavailable as failure:
            raise CommandError(
                f"检索集群有节点没有应答（{failure}）。启动后加 --resume 接着办。"
            ) from failure
        self.stdout.write(f"{source.label}：检索已重建，共 {done:,} 条。")
