"""Send or sign many at once: each still alone, by its own rules, in its own transaction."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.commands.signing import sign
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError

Tell = Callable[[int], None]
MOST_SHOWN = 3  # different refusals in the closing sentence; the rest stand on the board


@dataclass(kw_only=True)
class Round:
    """What became of many: how many were done, and why the others were not (批量结果)."""

    done: int = 0
    refused: dict[int, str] = field(default_factory=dict)

    def sentence(self, *, verb: str) -> str:
        """The result in words, with the refusals that occurred."""
        if not self.refused:
            return f"{verb} {self.done} 份。"
        reasons = list(dict.fromkeys(self.refused.values()))
        said = "；".join(reason.rstrip("。") for reason in reasons[:MOST_SHOWN])
        more = "等" if len(reasons) > MOST_SHOWN else ""
        return f"{verb} {self.done} 份，{len(self.refused)} 份没有办：{said}{more}。"


def one_by_one(keys: Iterable[int], step: Callable[[int], object], *, tell: Tell) -> Round:
    """Take the step for each key; a refusal of one does not stop the others (逐份办理)."""
    result = Round()
    for place, key in enumerate(keys, start=1):
        try:
            step(key)
        except DomainError as refusal:
            result.refused[key] = refusal.sentence
        else:
            result.done += 1
        tell(place)
    return result


def send_many(
    *, agreement_ids: Sequence[int], actor: Actor, now: datetime.datetime, tell: Tell
) -> Round:
    """Send many drafts for signature (批量送签)."""

    def send(key: int) -> object:
        return send_for_signature(agreement_id=key, actor=actor, now=now)

    return one_by_one(agreement_ids, send, tell=tell)


def sign_many(
    *,
    agreed: Sequence[tuple[int, str]],
    actor: Actor,
    now: datetime.datetime,
    tell: Tell,
    on_behalf: str = "",
) -> Round:
    """Sign many for one's organisation; each with the digest that stood on the list (批量签署)."""
    digests = dict(agreed)

    def sign_one(key: int) -> object:
        return sign(
            signature_id=key,
            actor=actor,
            now=now,
            agreed_sha256=digests[key],
            on_behalf=on_behalf,
        )

    return one_by_one(digests, sign_one, tell=tell)
