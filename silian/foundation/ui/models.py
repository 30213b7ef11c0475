"""What a person keeps of pages: views of tables, drafts of forms, steps of wizards."""

from __future__ import annotations

from django.db import models


class SavedView(models.Model):
    """A table's filters, order and columns under a name (保存的视图)."""

    user_id = models.BigIntegerField("用户编号")
    path = models.CharField("页面", max_length=200)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=2000, blank=True)
    is_default = models.BooleanField("打开时使用", default=False)
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = "保存的视图"
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "path", "name"], name="saved_view_named_once"
            ),
            models.UniqueConstraint(
                fields=["user_id", "path"],
                condition=models.Q(is_default=True),
                name="saved_view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}" if self.query else f"{self.path}?view="


class Draft(models.Model):
    """What someone typed and did not send yet (草稿). ``data`` maps field names to value lists."""

    user_id = models.BigIntegerField("用户编号")
    name = models.CharField("名称", max_length=120)
    data = models.JSONField("内容", default=dict)
    saved_at = models.DateTimeField("保存时间", auto_now=True, db_index=True)

    class Meta:
        verbose_name = "草稿"
        constraints = [models.UniqueConstraint(fields=["user_id", "name"], name="draft_named_once")]

    def __str__(self) -> str:
        return self.name
