"""What the search finds listings by, beside the table that holds what they say."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from silian.operations.exchange.models.listing import Listing


class SearchEntry(models.Model):
    """A published listing as the search sees it (检索条目).

    It holds nothing that the listing does not, so losing it costs ``silian search rebuild``.
    A trigger removes it as soon as its listing is no longer published.
    """

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    vector = SearchVectorField("词与筛选项")
    kind = models.CharField("类别", max_length=24)
    side = models.CharField("方向", max_length=6)
    division_code = models.CharField("区划代码", max_length=6)
    industry_chain = models.CharField("重点产业链", max_length=40)
    price_max = models.DecimalField("价格上限", max_digits=14, decimal_places=2, null=True)
    starts_on = models.DateField("开始日", null=True)
    published_at = models.DateTimeField("发布时间")

    class Meta:
        verbose_name = "检索条目"
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_words"),
            models.Index(fields=["-published_at", "-listing"], name="search_entry_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}"
