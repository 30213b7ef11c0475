"""A recommender in bytes: a header in JSON, arrays behind it, compressed (存取)."""

from __future__ import annotations

import datetime
import json
import struct
import zlib
from dataclasses import fields
from typing import Any

import numpy as np

from silian_engines.matching.recommendation.encoding import Library, Vocabulary, shelved
from silian_engines.matching.recommendation.entities import Entity, Side
from silian_engines.matching.recommendation.history import History
from silian_engines.matching.recommendation.ranking import Scorer
from silian_engines.matching.recommendation.signals import Learned
from silian_engines.matching.recommendation.vectors import TokenVectors

MARK = b"silian-recommender-1\n"


class NotARecommender(ValueError):
    """Bytes that were not written by this version."""


def packed(*, library: Library, history: History, learned: Learned, scorers: list[Scorer]) -> bytes:
    arrays: dict[str, np.ndarray] = {}
    for name, holder in (
        ("history", history),
        ("vectors", learned.vectors),
        ("wishes", learned.wishes),
    ):
        arrays |= {f"{name}.{f.name}": getattr(holder, f.name) for f in fields(holder)}
    for at, scorer in enumerate(scorers):
        arrays |= {f"scorer{at}.{f.name}": getattr(scorer, f.name) for f in fields(scorer)}
    header = {
        "arrays": {name: [each.dtype.str, each.shape] for name, each in arrays.items()},
        "tokens": list(library.tokens.positions),
        "meets": None if library.meets is None else sorted(library.meets),
        "entities": [written(e) for side in Side for e in library.shelf(side).entities],
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join(np.ascontiguousarray(each).tobytes() for each in arrays.values())
    return MARK + zlib.compress(struct.pack("<Q", len(text)) + text + body, level=6)


def unpacked(data: bytes) -> tuple[Library, History, Learned, list[Scorer]]:
    if not data.startswith(MARK):
        raise NotARecommender("不是本版本保存的推荐模型。")
    plain = zlib.decompress(data[len(MARK) :])
    (length,) = struct.unpack_from("<Q", plain)
    header, at = json.loads(plain[8 : 8 + length]), 8 + length
    parts: dict[str, dict[str, Any]] = {}
    for name, (kind, shape) in header["arrays"].items():
        count = int(np.prod(shape))
        array = np.frombuffer(plain, kind, count, at).reshape(shape).copy()
        at += array.nbytes
        holder, field = name.split(".")
        parts.setdefault(holder, {})[field] = array
    scorers = [Scorer(**parts[name]) for name in sorted(parts) if name.startswith("scorer")]
    meets = header["meets"]
    library = shelved(
        [read(row) for row in header["entities"]],
        meets=None if meets is None else frozenset((need, offer) for need, offer in meets),
        tokens=Vocabulary(positions={token: at for at, token in enumerate(header["tokens"])}),
    )
    learned = Learned(TokenVectors(**parts["vectors"]), TokenVectors(**parts["wishes"]))
    return library, History(**parts["history"]), learned, scorers


def written(entity: Entity) -> list[Any]:
    """The fields of an entity in their order, as JSON has them."""
    row: list[Any] = []
    for field in fields(entity):
        value = getattr(entity, field.name)
        if isinstance(value, frozenset):
            value = sorted(value)
        row.append(value.isoformat() if isinstance(value, datetime.date) else value)
    return row


def read(row: list[Any]) -> Entity:
    values = dict(zip((field.name for field in fields(Entity)), row, strict=True))
    for name in ("starts_on", "ends_on"):
        values[name] = values[name] and datetime.date.fromisoformat(values[name])
    values |= {
        "side": Side(values["side"]),
        "words": tuple(values["words"]),
        "majors": frozenset(values["majors"]),
    }
    return Entity(**values)
