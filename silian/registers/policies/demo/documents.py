"""The demonstration city's plan of 2025, issued, and its revision of 2026, in review."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.demo.city import CITY
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries.identity import actor_for
from silian.registers.policies.commands.clause_review import confirm_clear_clauses
from silian.registers.policies.commands.document_reading import read_parsed_document
from silian.registers.policies.commands.document_upload import UploadFacts, keep_document
from silian.registers.policies.commands.issue import issue_document
from silian.registers.policies.gateways.policy_reading import read_policy
from silian.registers.policies.models.documents import PolicyDocument

SAMPLES = Path(__file__).resolve().parents[4] / "samples" / "policy"
COORDINATOR = "demo-coordinator"
PLAN = "plan_2025.txt"
REVISION = "plan_2026.txt"
DAYS_TO_ISSUE = 4  # from the date of the document to its place in the library
# The copy of the revision that came in is damaged in three places: a date without its signs, a
# department with a lost character, a digit that cannot be read.
DAMAGES = (
    ("2026年3月27日", "2026327"),
    ("市商务局、市文化和旅游局参与", "市商局、市文化和旅游局参与"),
    ("校企合作协议400份", "校企合作协议4\ufffd0份"),
)


def damaged(content: bytes) -> bytes:
    """The revision as it reached the office, each place damaged once."""
    text = content.decode()
    for printed, arrived in DAMAGES:
        text = text.replace(printed, arrived, 1)
    return text.encode()


@dataclass
class DocumentBuilder:
    """Reads the sample plans through the same parser and commands as everybody's."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> list[PolicyDocument]:
        """The plan, issued days after its date; the revision, waiting for its reviewer."""
        actor = self.coordinator()
        plan = self.read(PLAN, actor=actor)
        confirm_clear_clauses(document_id=plan.pk, actor=actor)
        day = plan.issued_on or self.on
        plan = issue_document(
            document_id=plan.pk, actor=actor, effective_from=day, now=self.moment(after=day)
        )
        return [plan, self.read(REVISION, actor=actor, replaces=plan.pk)]

    def coordinator(self) -> Actor:
        membership = Membership.objects.select_related("user").get(user__username=COORDINATOR)
        return actor_for(user=membership.user, on=self.on)

    def moment(self, *, after: datetime.date) -> datetime.datetime:
        day = min(after + datetime.timedelta(days=DAYS_TO_ISSUE), self.on)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(9, 30)))

    def read(self, name: str, *, actor: Actor, replaces: int | None = None) -> PolicyDocument:
        """Keep one sample as an upload and write its structure at once, without the queue."""
        content = (SAMPLES / name).read_bytes()
        content = damaged(content) if name == REVISION else content
        document = keep_document(
            upload=SimpleUploadedFile(name, content),
            facts=UploadFacts(division=CITY, replaces=replaces),
            actor=actor,
        )
        reading = read_policy(name=name, content=content, tell=lambda *_: None)
        read_parsed_document(document_id=document.pk, reading=reading, actor=actor)
        PolicyDocument.objects.filter(pk=document.pk).update(is_demo=True)
        document.refresh_from_db()
        return document
