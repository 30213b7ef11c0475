"""Changes of post that wait for the signed amendment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.accounts.models import User


class PostMove(models.Model):
    """A change of post that the parties are asked to sign (拟换岗).

    It takes place on ``on`` when the amendment is signed, and is dropped when it is refused.
    """

    internship = models.ForeignKey(Internship, on_delete=models.CASCADE, related_name="moves")
    post = models.ForeignKey(
        InternshipPost, on_delete=models.PROTECT, related_name="+", verbose_name="新岗位"
    )
    on = models.DateField("换岗日")
    reason = models.CharField("换岗原因", max_length=300)
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField("提出时间")
    done_at = models.DateTimeField("换岗时间", null=True, blank=True)
    dropped_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        verbose_name = "拟换岗"
        constraints = [
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="post_move_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.on}"
