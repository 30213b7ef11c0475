"""What reports add to the frame."""

from __future__ import annotations

from silian.casework.publications.registry import Kind, register_kind
from silian.composition.reports.choices import BULLETIN
from silian.composition.reports.permissions import has_cockpit
from silian.foundation.ui import sockets

sockets.navigation.plug(
    sockets.NavigationItem(
        section="",
        label="总览",
        url_name="reports:cockpit_mine",
        icon="speedometer2",
        visible=has_cockpit,
    ),
    order=0,
)
register_kind(
    Kind(
        code=BULLETIN,
        title="简报",
        purpose="每月目标、任务、变化和主要数字，由总览冻结数据生成",
    )
)
