"""A call as a document that is published and stays as it was (申报公告)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from silian.casework.publications.choices import PUBLIC_STATES, EditionState
from silian.casework.publications.models import Edition
from silian.casework.reviews.models import Campaign
from silian.casework.reviews.queries.calls import CallPage, Condition, call_page
from silian.casework.reviews.rules.dossiers import Section

CALL_KIND = "recognition_call"
Entries = Iterable[tuple[str, Mapping[str, str]]]


def call_edition(campaign: Campaign) -> Edition | None:
    """The edition of a call that is being made or is out; a withdrawn one does not count."""
    rows = Edition.objects.filter(kind=CALL_KIND, snapshot__campaign=campaign.pk)
    return rows.exclude(state=EditionState.WITHDRAWN).order_by("-pk").first()


def public_call_edition(campaign: Campaign) -> Edition | None:
    """The edition of a call that everybody may read (已发布的公告)."""
    rows = Edition.objects.filter(
        kind=CALL_KIND, snapshot__campaign=campaign.pk, state__in=PUBLIC_STATES
    )
    return rows.exclude(state=EditionState.WITHDRAWN).order_by("-pk").first()


def call_snapshot(campaign: Campaign) -> dict[str, Any]:
    """The words of a call as it stands: its text, dates, conditions, papers, own numbers."""
    page = call_page(campaign)
    basis = [["basis", "依据"]]
    sections = [
        section("points", "申报要点", [["said", "内容"]], points(campaign, page)),
        section("conditions", "申报条件", basis, condition_rows(page.conditions)),
        section("scored", "评审指标", basis, condition_rows(page.scored)),
        section("papers", "要准备的材料", [["how", "要求"]], paper_rows(page.sections)),
        section("adjusted", "本地区调整的标准", [["said", "标准"], *basis], adjusted_rows(page)),
    ]
    return {
        "sections": [row for row in sections if row["entries"]],
        "stands_alone": True,
        "campaign": campaign.pk,
        "text": campaign.notice_text,
    }


def section(key: str, title: str, fields: Sequence[Sequence[str]], rows: Entries) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "hides_keys": True,
        "fields": [list(field) for field in fields],
        "entries": [
            {"key": f"{key}-{place}", "title": name, "values": dict(values)}
            for place, (name, values) in enumerate(rows, start=1)
        ],
    }


def points(campaign: Campaign, page: CallPage) -> Entries:
    who = "、".join(page.kinds) or "各类单位"
    said = (
        ("认定项目", campaign.version.scheme.title),
        ("组织单位", campaign.owner.name),
        ("申报对象", f"{campaign.division.name}的{who}"),
        ("受理时间", f"{campaign.opens_on:%Y年%m月%d日}至{page.last_day:%Y年%m月%d日} 24 时"),
        ("名额", f"{campaign.quota} 个" if campaign.quota else "不限"),
        ("评审环节", " → ".join([*page.stages, "公示"])),
        ("依据", "、".join(campaign.content.basis)),
        ("咨询方式", campaign.contact),
    )
    return [(name, {"said": words}) for name, words in said if words]


def condition_rows(rows: Iterable[Condition]) -> Entries:
    for row in rows:
        hint = "（提示项，不作否决）" if row.is_hint else ""
        yield f"{'　' * row.depth}{row.label}{hint}", {"basis": row.basis}


def paper_rows(sections: Iterable[Section]) -> Entries:
    for part in sections:
        for field in part.fields:
            how = ["必填" if field.required else "选填"]
            how += ["附佐证材料"] if field.evidence else []
            how += ["按前面的填写决定是否需要"] if field.show_if else []
            yield field.label, {"how": "，".join(how)}


def adjusted_rows(page: CallPage) -> Entries:
    for line in page.adjusted:
        said = f"{line.own_value} {line.parameter.unit}（{line.reason}）"
        yield line.parameter.label, {"said": said, "basis": f"{line.basis}，{line.origin}"}
