"""Where modules above say why somebody's data cannot be deleted yet.

    register_keeper(reason_internship_runs)

A keeper answers with a sentence for whoever handles the request: what still runs, and what to do.
"""

from __future__ import annotations

import datetime
from typing import Protocol


class Keeper(Protocol):
    """Why a person's data is still needed on a day, or None (保留理由)."""

    def __call__(self, *, person_id: int, on: datetime.date) -> str | None: ...


_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> Keeper:
    """Ask ``keeper`` before a person is erased."""
    if keeper not in _keepers:
        _keepers.append(keeper)
    return keeper


def reason_to_keep(*, person_id: int, on: datetime.date) -> str | None:
    """The first reason of any module to keep the person's data, or None.

    Basis: 个人信息保护法第四十七条: 处理目的未实现、保存期限未届满的，停止其他处理而不删除.
    """
    reasons = (keeper(person_id=person_id, on=on) for keeper in _keepers)
    return next((reason for reason in reasons if reason), None)
