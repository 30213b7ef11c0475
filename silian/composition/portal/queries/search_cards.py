"""What the page shows of each hit: read again under the asker's permissions, marked, explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from silian_engines.matching.query_understanding.marking import (
    Segment,
    excerpt,
    marked,
    written_forms,
)

from silian.composition.portal.queries.search import Answer
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.documents import SearchDocument
from silian.foundation.kernel.search.requests import Hit
from silian.foundation.kernel.search.sources import sources
from silian.foundation.ui.components import Fact
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models.programmes import Programme

EXCERPT = 90  # two lines on a phone
FIELDS = (("title", "标题"), ("names", "单位、职业等名称"), ("body", "正文"))


@dataclass(frozen=True, kw_only=True)
class Plain:
    """What a row says of itself, whatever it is."""

    title: str
    url: str
    label: str
    icon: str
    chain: str = ""
    tags: tuple[str, ...] = ()
    verified: bool = False
    line: str = ""
    text: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Card:
    """One result with its marks and its reasons."""

    plain: Plain
    title: tuple[Segment, ...]
    line: tuple[Segment, ...]
    text: tuple[Segment, ...]
    reasons: list[str] = field(default_factory=list)


def listing_plain(listing: Listing) -> Plain:
    kind = listing.declaration
    place = f"{listing.division.name} {listing.place}".strip()
    published = f"发布于 {listing.published_at:%Y-%m-%d}" if listing.published_at else ""
    line = (listing.organisation.display_name, place, published)
    return Plain(
        title=listing.title,
        url=listing.get_absolute_url(),
        label=kind.label,
        icon=kind.icon,
        chain=kind.chain.value,
        tags=(listing.get_side_display(),),
        verified=listing.organisation.is_verified,
        line=" · ".join(part for part in line if part),
        text="" if "description" in listing.get_deferred_fields() else listing.description,
        facts=tuple(listing.card_facts),
    )


def organisation_plain(organisation: Organisation) -> Plain:
    industry = organisation.industry.name if organisation.industry else ""
    line = (organisation.division.name, industry, organisation.industry_chain)
    return Plain(
        title=organisation.name,
        url=organisation.get_absolute_url(),
        label="单位",
        icon="building",
        tags=(organisation.get_kind_display(),),
        verified=organisation.is_verified,
        line=" · ".join(part for part in line if part),
        text=organisation.introduction,
    )


def programme_plain(programme: Programme) -> Plain:
    line = (programme.school.display_name, programme.division.name, programme.industry_chain)
    facts = [Fact(name="学制", value=f"{programme.years.normalize():f} 年")]
    if programme.group:
        facts.append(Fact(name="专业群", value=programme.group))
    if programme.integration_form:
        facts.append(Fact(name="产教融合形式", value=programme.get_integration_form_display()))
    return Plain(
        title=programme.name,
        url=programme.get_absolute_url(),
        label="专业",
        icon="mortarboard",
        chain="edu",
        tags=(programme.get_stage_display(),),
        line=" · ".join(part for part in line if part),
        facts=tuple(facts),
    )


def group_plain(group: AllianceGroup) -> Plain:
    return Plain(
        title=group.name,
        url=group.public_url,
        label="集团联盟",
        icon="diagram-3",
        chain="industry",
        tags=(group.get_kind_display(),),
        line=f"{group.lead.display_name}牵头 · {group.division.name}",
        text=group.purpose,
    )


def committee_plain(committee: Committee) -> Plain:
    return Plain(
        title=committee.name,
        url=committee.public_url,
        label="委员会",
        icon="mortarboard",
        tags=(committee.get_kind_display(),),
        line=f"{committee.host.display_name}主持 · {committee.division.name}",
        text=committee.mandate,
    )


PLAIN: Mapping[str, Callable[[Any], Plain]] = {
    "listing": listing_plain,
    "organisation": organisation_plain,
    "programme": programme_plain,
    "alliance_group": group_plain,
    "committee": committee_plain,
}


def cards_of(*, actor: Actor, answer: Answer, conditions: list[str]) -> list[Card]:
    """The hits that the actor may still see, in their order."""
    rows = rows_of(actor=actor, hits=answer.found.hits)
    add_texts(actor=actor, rows=rows)
    documents = documents_of(list(rows))
    return [
        card_of(PLAIN[hit.subject](rows[hit]), documents.get(hit), answer, conditions)
        for hit in answer.found.hits
        if hit in rows
    ]


def rows_of(*, actor: Actor, hits: list[Hit]) -> dict[Hit, Any]:
    """The hits as the actor may see them at this moment; the others are left out."""
    rows: dict[Hit, Any] = {}
    for source in sources():
        ids = [hit.object_id for hit in hits if hit.subject == source.subject]
        found = source.visible_to(actor, ids) if ids else {}
        rows |= {Hit(subject=source.subject, object_id=key): row for key, row in found.items()}
    return rows


def add_texts(*, actor: Actor, rows: dict[Hit, Any]) -> None:
    """Read the long texts of listings, which lists leave out, in one query."""
    listings = {row.pk: row for row in rows.values() if isinstance(row, Listing)}
    texts = listings_visible_to(actor).filter(pk__in=list(listings))
    for key, text in texts.values_list("pk", "description"):
        listings[key].description = text


def documents_of(hits: list[Hit]) -> dict[Hit, SearchDocument]:
    """What the engine knows of the hits, made anew."""
    documents = {}
    for source in sources():
        ids = [hit.object_id for hit in hits if hit.subject == source.subject]
        for document in source.documents_of(ids) if ids else ():
            documents[Hit(subject=source.subject, object_id=document.object_id)] = document
    return documents


def card_of(
    plain: Plain, document: SearchDocument | None, answer: Answer, conditions: list[str]
) -> Card:
    """Marks and reasons on what a row says; the words are those that were searched."""
    reasons = reasons_of(document, answer.words) if document else []
    return Card(
        plain=plain,
        title=marked(plain.title, answer.words),
        line=marked(plain.line, answer.words),
        text=excerpt(plain.text, answer.words, length=EXCERPT),
        reasons=[*reasons, *(f"符合筛选：{condition}" for condition in conditions)],
    )


def reasons_of(document: SearchDocument, words: tuple[str, ...]) -> list[str]:
    """Which words stand in which part of the document; those that stand nowhere are named."""
    reasons = []
    left = list(words)
    for name, label in FIELDS:
        tokens = set(getattr(document, name))
        if here := [word for word in words if word in tokens]:
            reasons.append(f"{label}含{quoted(here)}")
            left = [word for word in left if word not in here]
    if left and len(left) < len(words):
        reasons.append(f"没有{quoted(left)}")
    return reasons


def quoted(words: list[str]) -> str:
    """The words in quotation marks; where the index holds synonyms under one word, it is said."""
    return "、".join(
        f"“{word}”或同义词" if len(written_forms((word,))) > 1 else f"“{word}”" for word in words
    )
