"""What targets show in the frame."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.governance.policy_tasks.permissions.targets import reads_targets

SECTION = "任务与目标"


def visible(actor: Actor) -> bool:
    return reads_targets(actor)


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="目标",
        url_name="policy_tasks:target_list",
        icon="bullseye",
        visible=visible,
    ),
    order=6,
)
sockets.foot_links.plug(sockets.FrameLink(label="目标进展", url_name="policy_tasks:target_public"))
