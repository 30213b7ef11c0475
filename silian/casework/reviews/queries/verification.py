"""What anybody may learn of a recognition by its code or its certificate (公开查验)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from silian.casework.reviews.choices.recognitions import ActKind, RecognitionState
from silian.casework.reviews.models import Certificate, Duty, Recognition
from silian.casework.reviews.queries.duties import public_duties
from silian.casework.reviews.queries.standing import standing_on, with_acts
from silian.casework.reviews.rules.definition import Benefit
from silian.casework.reviews.rules.recognitions import public_name
from silian.foundation.kernel.check_codes import tidy_code
from silian.foundation.ui.components import Entry, Tone

TONES: dict[str, Tone] = {
    "incubating": "info",
    "certified": "ok",
    "warned": "watch",
    "suspended": "late",
    "removed": "late",
    "expired": "late",
    "withdrawn": "late",
}
ACT_TONES: dict[str, Tone] = {
    "enter": "info",
    "certify": "ok",
    "warn": "watch",
    "suspend": "late",
    "reinstate": "ok",
    "extend": "ok",
    "remove": "late",
    "expire": "late",
    "leave": "unset",
}
SENTENCES = {
    RecognitionState.INCUBATING: "已列入建设培育库，尚在培育期，培育期满合格后认定。",
    RecognitionState.CERTIFIED: "认定在有效期内，可以凭它办事。",
    RecognitionState.WARNED: "认定有效，正在按要求整改。",
    RecognitionState.SUSPENDED: "资格暂停，恢复以前不能凭它办事。",
}
VERDICTS = {
    RecognitionState.INCUBATING: "建设培育中",
    RecognitionState.CERTIFIED: "认定有效",
    RecognitionState.WARNED: "警示整改中",
    RecognitionState.SUSPENDED: "资格暂停",
}
OVER = {
    RecognitionState.REMOVED: "起已取消认定，证书作废，不能再凭它办事。",
    RecognitionState.EXPIRED: "起有效期届满，没有延续，不能再凭它办事。",
    RecognitionState.WITHDRAWN: "起主动退出，证书作废，不能再凭它办事。",
}


@dataclass(frozen=True, kw_only=True)
class PublicFacts:
    """All that a stranger sees of a recognition today (查验结果)."""

    recognition: Recognition
    scheme: str
    subject: str
    holder: str
    issuer: str
    state: str
    tone: Tone
    verdict: str
    sentence: str
    is_over: bool
    since: datetime.date
    valid_through: datetime.date | None
    days_left: int | None
    history: Sequence[Entry]
    benefits: Sequence[Benefit]
    duties: Sequence[Duty]


def recognition_by_code(code: str) -> Recognition | None:
    """The recognition that bears a check code."""
    wanted = tidy_code(code)
    if not wanted:
        return None
    return with_acts(Recognition.objects.filter(check_code=wanted)).first()


def certificate_by_file(sha256: str) -> Certificate | None:
    """The certificate whose kept copy is exactly this file."""
    return Certificate.objects.filter(document__sha256=sha256).first()


def is_newest(certificate: Certificate) -> bool:
    """Whether no later certificate was handed out for the same status."""
    rows = Certificate.objects.filter(recognition_id=certificate.recognition_id)
    return not rows.filter(pk__gt=certificate.pk).exists()


def recognition_shown(recognition_id: int) -> Recognition:
    return with_acts(Recognition.objects.filter(pk=recognition_id)).get()


def public_facts(recognition: Recognition, *, on: datetime.date) -> PublicFacts:
    """What is shown of a recognition on a day: the days of its history, not the reasons."""
    standing = standing_on(recognition, on=on)
    state = standing.state if standing else RecognitionState(recognition.state)
    is_person = recognition.dossier.person_id is not None
    since = since_when(recognition, state=state)
    sentence = SENTENCES.get(state) or f"{chinese_day(since)}{OVER[state]}"
    until = recognition.valid_until
    return PublicFacts(
        recognition=recognition,
        scheme=recognition.scheme.title,
        subject=public_name(recognition.subject_name, is_person=is_person),
        holder=recognition.holder.name,
        issuer=recognition.dossier.campaign.owner.name,
        state=state.label,
        tone=TONES[state],
        verdict=VERDICTS.get(state, state.label),
        sentence=sentence,
        is_over=state in OVER,
        since=since,
        valid_through=until - datetime.timedelta(days=1) if until else None,
        days_left=(until - on).days if until and state not in OVER else None,
        history=history_of(recognition, on=on),
        benefits=standing.benefits if standing else (),
        duties=list(public_duties(recognition)),
    )


def since_when(recognition: Recognition, *, state: RecognitionState) -> datetime.date:
    """From which day the present state holds (起始日)."""
    if state == RecognitionState.EXPIRED and recognition.valid_until:
        return recognition.valid_until
    acts = list(recognition.acts.all())
    return acts[-1].effective_on if acts else recognition.entered_on


def history_of(recognition: Recognition, *, on: datetime.date) -> list[Entry]:
    """The acts with their days, newest first; a term that ran out unnoticed is told too."""
    acts = list(recognition.acts.all())
    entries = [
        Entry(at=act.effective_on, what=act.get_kind_display(), tone=ACT_TONES[act.kind])
        for act in acts
        if act.effective_on <= on
    ]
    until = recognition.valid_until
    is_open = recognition.ended_on is None
    if is_open and until is not None and until <= on:
        entries.append(Entry(at=until, what=ActKind.EXPIRE.label, tone="late"))
    return entries[::-1]


def chinese_day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
