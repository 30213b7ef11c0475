"""How long a dossier stood where: one row for every state that it left."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from silian.casework.reviews.models.dossiers import Dossier


class Passage(models.Model):
    """One stay of a dossier in a state (环节经过), written when it leaves; never changes (trigger).

    ``due_on`` is the limit that the stay had.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="passages")
    state = models.CharField("环节", max_length=10)
    step = models.CharField("办理", max_length=30)
    entered_at = models.DateTimeField("进入时间")
    left_at = models.DateTimeField("离开时间")
    due_on = models.DateField("期限", null=True, blank=True)

    class Meta:
        verbose_name = "环节经过"
        ordering = ["dossier", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__gte=F("entered_at")), name="passage_ordered"
            ),
        ]
        indexes = [models.Index(fields=["state", "left_at"], name="passage_by_state")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.state}"
