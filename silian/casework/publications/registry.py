"""The kinds of publication, declared once by the modules that make them (出版物种类).

A module above declares its kind from a door such as ``panels.py``::

    register_kind(Kind(code="bulletin", title="工作简报", …))
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A series of editions (出版物种类).

    ``public`` kinds are shown to everybody once published; others to officials of the region.
    ``needs_approval`` kinds go through another person. ``by_hand`` kinds are drafted in the form;
    the rest are made by the module that declares them. ``template`` shows an edition's snapshot
    on its page in place of the plain tables.
    """

    code: str
    title: str
    purpose: str
    public: bool = True
    needs_approval: bool = True
    by_hand: bool = False
    template: str = "publications/_snapshot.html"


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    """Declare a kind; the same code twice must mean the same thing."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"two kinds of publication share the code {kind.code!r}")
    return kind


def kinds() -> list[Kind]:
    """All kinds, in the order declared."""
    return list(_kinds.values())


def kind_of(code: str) -> Kind:
    """The kind of a code; a kind whose module is gone keeps its editions readable."""
    unknown = Kind(code=code, title="其他", purpose="", public=False)
    return _kinds.get(code, unknown)


def public_codes() -> list[str]:
    return [kind.code for kind in _kinds.values() if kind.public]


register_kind(
    Kind(
        code="list",
        title="清单",
        purpose="问题清单、政策清单、支持清单等逐条对外公布的清单",
        by_hand=True,
    )
)
register_kind(
    Kind(
        code="catalogue",
        title="目录",
        purpose="紧缺职业、重点产业、支持专业等定期更新的目录",
        by_hand=True,
    )
)
register_kind(
    Kind(
        code="report",
        title="报告",
        purpose="年度报告、评估报告、统计公报等成篇的报告",
        by_hand=True,
    )
)
