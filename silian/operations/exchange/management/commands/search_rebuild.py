"""``silian search rebuild``: make every published listing findable again."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from silian.operations.exchange.gateways.search import search_backend
from silian.operations.exchange.models.listing import Listing

BATCH = 2_000


class Command(BaseCommand):
    """The index holds nothing that the tables do not; losing it costs this command."""

    help = "按数据表重建检索，显示进度。可以在服务运行时执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        total = Listing.objects.published().count()
        done, last = 0, 0
        while ids := list(
            Listing.objects.published()
            .filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", flat=True)[:BATCH]
        ):
            search_backend().index(listing_ids=ids)
            done, last = done + len(ids), ids[-1]
            self.stdout.write(f"{done:,} / {total:,} 条（{time.monotonic() - started:.1f} 秒）")
        self.stdout.write(f"检索已重建，共 {done:,} 条。")
