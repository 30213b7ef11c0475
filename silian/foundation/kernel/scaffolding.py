"""The rooms of a new module, with tests that pass from the first moment.

The patterns lie in ``scaffold/`` as they will stand in the house; ``$words`` are replaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

from silian.foundation.kernel.errors import DomainError

PATTERNS = Path(__file__).parent / "scaffold"
FLOORS = ("foundation", "registers", "casework", "operations", "governance", "composition")
IDENTIFIER = re.compile(r"[a-z][a-z_]{2,30}")
FORBIDDEN = frozenset({"utils", "helpers", "common", "services", "misc"})


@dataclass(frozen=True, kw_only=True)
class NewModule:
    """What a module is called: its folder, its one first aggregate, and both in Chinese."""

    floor: str
    module: str
    aggregate: str
    label: str
    aggregate_label: str

    @property
    def words(self) -> dict[str, str]:
        return {
            "floor": self.floor,
            "module": self.module,
            "Module": camel(self.module),
            "aggregate": self.aggregate,
            "Aggregate": camel(self.aggregate),
            "label": self.label,
            "aggregate_label": self.aggregate_label,
        }


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def reason_not_makeable(new: NewModule, *, root: Path) -> str | None:
    """Why the module cannot be made, or None."""
    if new.floor not in FLOORS:
        return f"没有“{new.floor}”这一层。可选：{'、'.join(FLOORS)}。"
    for name in (new.module, new.aggregate):
        if not IDENTIFIER.fullmatch(name) or name in FORBIDDEN:
            return f"“{name}”不能作名称。请用小写英文的领域术语，例如 training_bases。"
    if (root / "silian" / new.floor / new.module).exists():
        return f"silian/{new.floor}/{new.module} 已存在。请换一个名称。"
    return None


def make_module(new: NewModule, *, root: Path) -> list[Path]:
    """Write the rooms and their tests; returns what was written (新建模块)."""
    reason = reason_not_makeable(new, root=root)
    if reason:
        raise DomainError(reason)
    written = []
    for pattern in sorted(PATTERNS.rglob("*.txt")):
        place = pattern.relative_to(PATTERNS).with_suffix("")
        path = root / Template(str(place)).substitute(new.words)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = pattern.read_text(encoding="utf-8")
        path.write_text(Template(text).substitute(new.words), encoding="utf-8")
        written.append(path)
    return written


def wiring(new: NewModule) -> str:
    """The lines that join the module to the house, to be set by hand."""
    name = f"silian.{new.floor}.{new.module}"
    address = new.module.replace("_", "-")
    return "\n".join(
        [
            "接入这几处（顺序有意义，须由人决定）：",
            f'  config/settings/modules.py  SILIAN_APPS 加 "{name}"',
            f'  config/urls.py           path("{address}/", include("{name}.urls")),',
            f"  .importlinter            {new.floor} 一层的 layers 加 {new.module}",
            f"  docs/glossary.yaml       {camel(new.aggregate)}: {new.aggregate_label}",
            "然后：",
            f"  silian makemigrations {new.module} -n {new.aggregate}s && silian workflows",
            f"  pytest tests/{new.floor}/{new.module} tests/architecture",
        ]
    )
