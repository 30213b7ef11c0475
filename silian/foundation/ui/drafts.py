"""Drafts: what a person typed, kept until the form is sent or the draft is dropped (草稿)."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.ui.errors import DraftTooLarge
from silian.foundation.ui.models import Draft

MOST_CHARACTERS = 200_000  # a long form filled to the brim is about a tenth of this
Data = dict[str, list[str]]


@transaction.atomic
def save_draft(*, actor: Actor, name: str, data: Data) -> Draft:
    """Keep the typed values under the name, replacing the former ones (自动保存)."""
    if actor.user_id is None:
        raise NotAllowed("登录后才能保存草稿。请先登录，已填写的内容还在本页。")
    if sum(len(value) for values in data.values() for value in values) > MOST_CHARACTERS:
        raise DraftTooLarge("草稿超过 20 万字，没有保存。请把长文改为附件上传。")
    draft, _ = Draft.objects.update_or_create(
        user_id=actor.user_id, name=name, defaults={"data": data}
    )
    return draft


@transaction.atomic
def drop_draft(*, actor: Actor, name: str) -> None:
    """Forget the draft (删除草稿)."""
    if actor.user_id is not None:
        Draft.objects.filter(user_id=actor.user_id, name=name).delete()


def forget_drafts(*, before: datetime.datetime) -> int:
    """Forget drafts that nobody touched since the moment; returns how many (清理草稿)."""
    count, _ = Draft.objects.filter(saved_at__lt=before).delete()
    return count


def draft_of(*, actor: Actor, name: str) -> Draft | None:
    """The actor's own draft of that name."""
    if actor.user_id is None:
        return None
    return Draft.objects.filter(user_id=actor.user_id, name=name).first()
