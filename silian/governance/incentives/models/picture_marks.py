"""Marks by which a picture is known again, though it was cut, shrunk or saved anew."""

from __future__ import annotations

from django.db import models

from silian.foundation.kernel.models import StoredFile


class PictureMark(models.Model):
    """The difference hash of a file's picture (图片指纹); none when the file shows no picture.

    Equal files are found by ``sha256``. ``bands`` are the four quarters of the hash: of two hashes
    that differ in at most three places at least one quarter is equal.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    difference = models.CharField("差异值", max_length=16, blank=True)
    band_1 = models.CharField("第一段", max_length=4, blank=True)
    band_2 = models.CharField("第二段", max_length=4, blank=True)
    band_3 = models.CharField("第三段", max_length=4, blank=True)
    band_4 = models.CharField("第四段", max_length=4, blank=True)
    made_at = models.DateTimeField("计算时间")

    class Meta:
        verbose_name = "图片指纹"
        indexes = [
            models.Index(fields=["band_1"], name="picture_mark_band_1"),
            models.Index(fields=["band_2"], name="picture_mark_band_2"),
            models.Index(fields=["band_3"], name="picture_mark_band_3"),
            models.Index(fields=["band_4"], name="picture_mark_band_4"),
        ]

    def __str__(self) -> str:
        return self.difference or "无图片"
