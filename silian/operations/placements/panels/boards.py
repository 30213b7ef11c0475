"""The board in the menu, and who reads the files of imports."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.permissions.boards import (
    BoardSide,
    board_rows,
    board_side,
    bulk_imports_visible_to,
    sees_board,
)
from silian.operations.placements.permissions.internships import is_official, is_school_clerk


def live_count(actor: Actor) -> WorkWaiting:
    """The interns on the board; authorities open it for the number."""
    if board_side(actor) is BoardSide.AUTHORITY:
        return 0
    return board_rows(actor).filter(state__in=sorted(LIVE_STATES))


def may_read_import_file(actor: Actor, file: StoredFile) -> bool:
    return bulk_imports_visible_to(actor).filter(pk=file.object_id).exists()


register_file_readers("placements.bulkimport", may_read_import_file)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="实习",
        label="实习安排",
        url_name="placements:board",
        icon="people",
        visible=sees_board,
        count=live_count,
    ),
    order=312,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="教学",
        label="应用型本科实习时间",
        url_name="placements:practice_length",
        icon="hourglass",
        visible=lambda actor: is_school_clerk(actor) or is_official(actor),
    ),
    order=364,
)
