"""Write the posts of a file: new ones in, known ones changed, forbidden ones refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.reference.models import Division
from silian.operations.placements.choices.hosts import (
    PostState,
)
from silian.operations.placements.choices.rounds import (
    RowMode,
)
from silian.operations.placements.commands.bulk_imports import kept_sheet, settle
from silian.operations.placements.commands.capacity import lock_host
from silian.operations.placements.commands.posts import refuse_unfit
from silian.operations.placements.events.hosts import PostsWaiting
from silian.operations.placements.models.bulk import BulkImport, BulkImportProblem, ImportedPost
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.queries.bulk_actors import actor_of_import
from silian.operations.placements.queries.capacity import placed_at
from silian.operations.placements.queries.post_findings import concerned_by, own_findings
from silian.operations.placements.rules.bulk_posts import (
    HEADING_OF,
    NUMBER,
    WHOLE_ROW,
    read_row,
)
from silian.registers.organisations.models import Organisation

Tell = Callable[[int], None]


@dataclass
class Desk:
    """One file of posts on its way in."""

    bulk_import: BulkImport
    today: datetime.date
    problems: list[BulkImportProblem] = field(default_factory=list)
    fresh: list[tuple[str, InternshipPost]] = field(default_factory=list)
    changed: list[InternshipPost] = field(default_factory=list)
    same: int = 0

    def __post_init__(self) -> None:
        self.organisation = Organisation.objects.select_related("industry").get(
            pk=self.bulk_import.host_id or 0
        )
        self.divisions = set(Division.objects.values_list("pk", flat=True))
        rows = ImportedPost.objects.filter(organisation=self.organisation).select_related("post")
        self.known = {row.number: row.post for row in rows}
        self.seen: dict[str, int] = {}

    def read(self, place: int, row: Mapping[str, str]) -> None:
        """Read one row: written, changed, left alone, or refused by cell."""
        facts, faults = read_row(row)
        number = str(facts.pop("number", "") or "")
        for fault in faults:
            self.refuse(place, fault.column, fault.sentence, text=fault.text)
        if faults:
            return
        if number in self.seen:
            self.refuse(place, NUMBER, f"与第 {self.seen[number]} 行编号相同，只导入前一行。")
            return
        self.seen[number] = place
        if facts["division_id"] not in self.divisions:
            self.refuse(place, HEADING_OF["division_id"], "没有这个行政区划代码。")
            return
        self.weigh(place, number, facts)

    def weigh(self, place: int, number: str, facts: dict[str, Any]) -> None:
        """Ask the rules about the post as the row says it."""
        post = self.known.get(number)
        is_new = post is None
        post = post or InternshipPost(
            organisation=self.organisation, is_demo=self.organisation.is_demo
        )
        before = {name: getattr(post, name) for name in facts}
        for name, value in facts.items():
            setattr(post, name, value)
        if not is_new and before == facts:
            self.same += 1
            return
        if self.is_refused(place, post):
            return
        if is_new:
            self.fresh.append((number, post))
        else:
            self.changed.append(post)

    def is_refused(self, place: int, post: InternshipPost) -> bool:
        blocking = [item for item in own_findings(post, on=self.today) if item.blocks]
        for item in blocking:
            column = HEADING_OF.get(item.field, WHOLE_ROW)
            self.refuse(place, column, f"{item.sentence}（{item.basis}）"[:300])
        if blocking:
            return True
        try:
            placed = 0 if post.pk is None else placed_at(post_id=post.pk, since=self.today)
            refuse_unfit(post, placed=placed)
        except DomainError as refusal:
            self.refuse(place, HEADING_OF.get(refusal.field or "", WHOLE_ROW), refusal.sentence)
            return True
        concerned = [] if post.pk is None else concerned_by(post, on=self.today)
        if concerned:
            sentence = f"改后有 {len(concerned)} 名在岗学生不能再在这个岗位，请先为他们换岗。"
            self.refuse(place, WHOLE_ROW, sentence)
        return bool(concerned)

    def refuse(self, place: int, column: str, sentence: str, *, text: str = "") -> None:
        self.problems.append(
            BulkImportProblem(
                bulk_import=self.bulk_import,
                row=place,
                column=column[:60],
                text=text[:200],
                sentence=sentence[:300],
            )
        )

    @property
    def state(self) -> PostState:
        """A host's own posts are offered at once; those a school wrote wait for the host."""
        own = self.bulk_import.organisation_id == self.bulk_import.host_id
        return PostState.OPEN if own else PostState.DRAFT

    def write(self) -> None:
        for _, post in self.fresh:
            post.state = self.state
        InternshipPost.objects.bulk_create([post for _, post in self.fresh], batch_size=200)
        ImportedPost.objects.bulk_create(
            ImportedPost(organisation=self.organisation, number=number, post=post)
            for number, post in self.fresh
        )
        facts = [name for name in HEADING_OF if hasattr(InternshipPost, name)]
        fields = [name.removesuffix("_id") for name in facts if name != "industry"]
        if self.changed:
            InternshipPost.objects.bulk_update(self.changed, fields, batch_size=200)


@transaction.atomic
def bring_in_posts(*, import_id: int, tell: Tell) -> BulkImport:
    """Write the good rows of the file at once; a second time nothing changes (导入岗位)."""
    bulk_import = BulkImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    lock_host(organisation_id=bulk_import.host_id or 0)
    desk = Desk(bulk_import=bulk_import, today=timezone.localdate())
    for done, (place, row) in enumerate(kept_sheet(bulk_import).numbered(), start=1):
        desk.read(place, row)
        tell(done)
    kept = bulk_import.mode == RowMode.GOOD_ROWS or not desk.problems
    if kept:
        desk.write()
    if kept and desk.fresh and desk.state == PostState.DRAFT:
        publish(PostsWaiting(import_id=bulk_import.pk))
    return settle(
        bulk_import,
        actor=actor_of_import(bulk_import),
        problems=desk.problems,
        created=len(desk.fresh) if kept else 0,
        changed=len(desk.changed) if kept else 0,
        same=desk.same if kept else 0,
    )
