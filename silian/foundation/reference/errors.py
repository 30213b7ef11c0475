"""Refusals of the reference module."""

from __future__ import annotations

from collections.abc import Sequence

from silian.foundation.kernel.errors import DomainError

SHOWN_FAULTS = 20


class CatalogueRefused(DomainError):
    """A whole file was refused; ``faults`` are sentences with line numbers (目录文件未通过检查)."""

    def __init__(self, faults: Sequence[str], *, field: str | None = "file") -> None:
        self.faults = list(faults)
        more = len(self.faults) - SHOWN_FAULTS
        tail = f"\n另有 {more} 处，改正后再次检查。" if more > 0 else ""
        super().__init__(
            f"文件有 {len(self.faults)} 处问题，未载入任何数据：\n"
            + "\n".join(self.faults[:SHOWN_FAULTS])
            + tail,
            field=field,
        )
