"""The trained weights of the occupation coder (职业编码模型) and how they are stored.

File: one line of JSON (format, sizes, calibration, provenance), then little-endian arrays:
slots uint32, row starts uint32, class numbers uint16, weights int8.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from silian_engines.matching.occupation_features import SLOT_BITS

MODEL = Path(__file__).parent / "model" / "occupation_weights.bin"
FORMAT = "silian-occupation-weights-1"


@dataclass(frozen=True, slots=True)
class OccupationModel:
    """Weights of known feature slots for each code, with calibration of confidence."""

    codes: tuple[str, ...]
    row_of_slot: npt.NDArray[np.int32]
    weights: Any
    step: float
    calibration: tuple[float, float, float]
    provenance: str


def write_model(
    *,
    path: Path,
    codes: tuple[str, ...],
    slots: npt.NDArray[np.int64],
    weights: csr_array,
    step: float,
    calibration: tuple[float, float, float],
    provenance: str,
) -> None:
    """Write the weights of each slot, given as whole numbers of `step`."""
    header = {
        "format": FORMAT,
        "slots": len(slots),
        "entries": int(weights.nnz),
        "step": step,
        "calibration": calibration,
        "provenance": provenance,
        "codes": codes,
    }
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        file.write(slots.astype("<u4").tobytes())
        file.write(weights.indptr.astype("<u4").tobytes())
        file.write(weights.indices.astype("<u2").tobytes())
        file.write(weights.data.astype("i1").tobytes())


def read_model(*, path: Path = MODEL) -> OccupationModel:
    """Read the weights that `write_model` wrote."""
    with path.open("rb") as file:
        header = json.loads(file.readline())
        if header["format"] != FORMAT:
            raise ValueError(f"{path.name} has the format {header['format']}, not {FORMAT}")
        count, entries = header["slots"], header["entries"]
        slots = np.fromfile(file, "<u4", count)
        starts = np.fromfile(file, "<u4", count + 1).astype(np.int32)
        classes = np.fromfile(file, "<u2", entries).astype(np.int32)
        values = np.fromfile(file, "i1", entries).astype(np.float32)
    # Row 0 is empty: every unknown feature points to it.
    starts = np.concatenate([np.zeros(1, np.int32), starts])
    row_of_slot = np.zeros(1 << SLOT_BITS, dtype=np.int32)
    row_of_slot[slots] = np.arange(1, count + 1, dtype=np.int32)
    shape = (count + 1, len(header["codes"]))
    return OccupationModel(
        codes=tuple(header["codes"]),
        row_of_slot=row_of_slot,
        weights=csr_array((values, classes, starts), shape=shape),
        step=header["step"],
        calibration=tuple(header["calibration"]),
        provenance=header["provenance"],
    )
