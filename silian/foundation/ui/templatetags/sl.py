"""Template tags of the design system, built in to every template."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe

from silian.foundation.kernel.models import StoredFile
from silian.foundation.ui import clocks, helptexts
from silian.foundation.ui.components import SHAPES, Chip, Entry, EvidenceFile, Fact, Reason
from silian.foundation.ui.evidence import as_evidence
from silian.foundation.ui.sockets import Figure
from silian.foundation.ui.templatetags import sl_data

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A bootstrap icon; with a label it stands alone, without one beside a word."""
    if label:
        return format_html('<i class="bi bi-{}" role="img" aria-label="{}"></i>', name, label)
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.inclusion_tag("ui/_state.html")
def state(
    word: Any, tone: str = "unset", pill: bool = True, history: Iterable[Entry] = ()
) -> dict[str, Any]:
    """A status light: shape, word and colour; with a history it opens to it (状态)."""
    shape = SHAPES.get(tone, SHAPES["unset"])
    return {"word": word, "tone": tone, "shape": shape, "pill": pill, "history": list(history)}


@register.simple_tag
def tag(word: Any, icon: str = "") -> SafeString:
    """A quiet label for a kind or property (标签)."""
    drawn = format_html('<i class="bi bi-{}" aria-hidden="true"></i>', icon) if icon else ""
    return format_html('<span class="sl-tag">{}{}</span>', drawn, word)


@register.inclusion_tag("ui/_clock.html")
def clock(
    due: datetime.datetime | datetime.date | None,
    now: datetime.datetime | None = None,
    working_days: int | None = None,
    basis: str = "",
    until: bool = True,
    ending: str = "截止",
) -> dict[str, Any]:
    """A deadline: number first, unit, then the date and hour (时限)."""
    if due is None:
        return {"reading": None}
    reading = clocks.clock_reading(
        due=as_local_moment(due),
        now=timezone.localtime(now or timezone.now()),
        working_days=working_days,
        ending=ending,
    )
    return {"reading": reading, "basis": basis, "show_until": until}


@register.filter
def until_words(due: datetime.datetime | datetime.date) -> str:
    """The end of a deadline in words: 3月19日 24 时截止, or 已逾期."""
    now = timezone.localtime()
    moment = as_local_moment(due)
    return "已逾期" if now > moment else clocks.until_text(due=moment, now=now) + "截止"


def as_local_moment(day: datetime.datetime | datetime.date) -> datetime.datetime:
    """A moment in the site's zone; a bare day lasts until its midnight."""
    if isinstance(day, datetime.datetime):
        return timezone.localtime(day)
    next_day = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(next_day)


@register.filter
def grouped(value: Any) -> str:
    """A number with separators: 1842 → 1,842; nothing is 未设定."""
    if value is None or value == "":
        return "未设定"
    if isinstance(value, float | Decimal) and value != int(value):
        return f"{value:,}"
    return f"{int(value):,}"


@register.filter
def yuan(value: Any) -> str:
    """Money in yuan with separators, cents only where there are any."""
    if value is None or value == "":
        return "未设定"
    amount = Decimal(str(value))
    return f"{amount:,.0f} 元" if amount == amount.to_integral_value() else f"{amount:,.2f} 元"


@register.filter
def file_size(size: int) -> str:
    """Bytes as a person reads them: 1536 → 1.5 KB."""
    amount = float(size)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"


@register.inclusion_tag("ui/_number.html")
def number(value: Any, unit: str = "", source: str = "", url: str = "") -> dict[str, Any]:
    """A number that opens to its rows and names its source (数字)."""
    shown = value if isinstance(value, str) else grouped(value)
    return {"value": shown, "unit": unit, "source": source, "url": url}


@register.inclusion_tag("ui/_number.html")
def money(value: Any, source: str = "", url: str = "") -> dict[str, Any]:
    """An amount of yuan that opens to its rows (金额)."""
    return {"value": yuan(value), "unit": "", "source": source, "url": url}


@register.inclusion_tag("ui/_figures.html")
def figures(items: Iterable[Figure]) -> dict[str, Any]:
    """A strip of figures under the page head (数字条)."""
    return {"figures": list(items)}


@register.inclusion_tag("ui/_share.html")
def share(done: Any, total: Any, label: str = "", unit: str = "", tone: str = "") -> dict[str, Any]:
    """A bar of n out of N with both written; an unset total has no bar (占比)."""
    known = total not in (None, "", 0)
    percent = min(100.0, max(0.0, float(done) * 100 / float(total))) if known else 0.0
    return {
        "done": done,
        "total": total,
        "label": label,
        "unit": unit,
        "known": known,
        "percent": f"{percent:.1f}",
        "tone": tone,
    }


@register.simple_block_tag
def panel(
    content: str,
    title: str = "",
    note: str = "",
    foot: str = "",
    link: str = "",
    link_url: str = "",
    flush: bool = False,
    level: int = 2,
    id: str = "",
) -> SafeString:
    """A sheet with a ruled head, a link right, and a foot for source and time (面板)."""
    return render_to_string(
        "ui/_panel.html",
        {
            "content": mark_safe(content),  # the block's own output, escaped when it was rendered
            "title": title,
            "note": note,
            "foot": foot,
            "link": link,
            "link_url": link_url,
            "flush": flush,
            "level": level,
            "id": id,
        },
    )


@register.inclusion_tag("ui/_empty.html")
def empty_state(
    missing: str, why: str = "", action: str = "", url: str = "", icon: str = "inbox"
) -> dict[str, Any]:
    """What is missing, why, and one action (空状态)."""
    return {"missing": missing, "why": why, "action": action, "url": url, "icon": icon}


@register.inclusion_tag("ui/_timeline.html")
def timeline(entries: Iterable[Entry]) -> dict[str, Any]:
    """What happened, newest as given (经过)."""
    return {"entries": list(entries), "shapes": SHAPES}


@register.inclusion_tag("ui/_difference.html")
def difference(old: Any, new: Any, consequence: str = "") -> dict[str, Any]:
    """Old struck, new underlined, and what follows in words (改动)."""
    return {"old": old, "new": new, "consequence": consequence, "same": old == new}


@register.inclusion_tag("ui/_evidence.html")
def evidence(
    files: Iterable[EvidenceFile | StoredFile], missing: str = "没有附件"
) -> dict[str, Any]:
    """Files with a preview for pictures and PDF (证据)."""
    return {"files": [as_evidence(file) for file in files], "missing": missing}


@register.inclusion_tag("ui/_facts.html")
def facts(rows: Iterable[Fact], compact: bool = False) -> dict[str, Any]:
    """Names and values in a grid (要素)."""
    return {"rows": list(rows), "compact": compact}


@register.inclusion_tag("ui/_why.html")
def why(reasons: Sequence[Reason], title: str = "为什么") -> dict[str, Any]:
    """Checkable facts, met and missing (依据)."""
    return {"reasons": reasons, "title": title}


@register.inclusion_tag("ui/_chips.html")
def chips(items: Iterable[Chip], clear_url: str = "") -> dict[str, Any]:
    """The filters that are on, each with its way off (已选条件)."""
    return {"chips": list(items), "clear_url": clear_url}


@register.inclusion_tag("ui/_help.html")
def help_panel(name: str, title: str = "这一页怎么用") -> dict[str, Any]:
    """The help text ``templates/<module>/help/<page>.md``, named ``"<module>/<page>"`` (帮助)."""
    return {"text": helptexts.rendered_help(name=name), "title": title}


@register.inclusion_tag("ui/_crumb.html")
def crumb(label: str, url: str = "") -> dict[str, Any]:
    """One step of the path to this page (面包屑)."""
    return {"label": label, "url": url}


@register.inclusion_tag("ui/_confirm.html", takes_context=True)
def confirm(
    context: Context,
    label: str,
    url: str,
    question: str,
    consequence: str = "",
    button: str = "",
    danger: bool = False,
    reason: str = "",
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """A button that asks once more before it posts; works without script (确认)."""
    return {
        "csrf_token": context.get("csrf_token"),
        "label": label,
        "url": url,
        "question": question,
        "consequence": consequence,
        "button": button or label,
        "danger": danger,
        "reason": reason,
        "name": name,
        "value": value,
    }


@register.filter
def same_site(address: str | None, request: HttpRequest) -> str:
    """The address when it is of this site, the home page otherwise."""
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if safe and address else "/"


register.tags.update(sl_data.register.tags)
register.filters.update(sl_data.register.filters)
