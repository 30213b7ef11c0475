"""Who came together with whom, and with those who resemble them (协同信号)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from silian_engines.matching.recommendation.encoding import Floats
from silian_engines.matching.recommendation.vectors import unit

FACTORS = 32
LEAST_FACTORED = 200  # pairs; fewer say nothing about common taste


@dataclass(frozen=True, kw_only=True)
class Taste:
    """Factors of the matrix of pairs: what text does not say but choices show."""

    needs: Floats
    offers: Floats


def taste_of(pairs: sparse.csr_matrix) -> Taste:
    """Truncated singular value decomposition, so normalised that the busy do not drown the rest."""
    most = min(FACTORS, min(pairs.shape) - 1)
    if pairs.nnz < LEAST_FACTORED or most < 1:
        return Taste(
            needs=np.zeros((pairs.shape[0], 1), np.float32),
            offers=np.zeros((pairs.shape[1], 1), np.float32),
        )
    rows = 1 / np.sqrt(np.maximum(np.asarray(pairs.sum(axis=1)).ravel(), 1) + 1)
    columns = 1 / np.sqrt(np.maximum(np.asarray(pairs.sum(axis=0)).ravel(), 1) + 1)
    even = (sparse.diags(rows) @ pairs @ sparse.diags(columns)).tocsr()
    left, values, right = svds(even.astype(np.float64), k=most, v0=np.ones(min(pairs.shape)))
    scale = np.sqrt(values * np.sqrt(pairs.shape[0] * pairs.shape[1]))
    return Taste(
        needs=(left * scale).astype(np.float32), offers=(right.T * scale).astype(np.float32)
    )


def company(pairs: sparse.csr_matrix, vectors: Floats) -> Floats:
    """For each row the direction of its partners' vectors; nothing for who had none."""
    return unit(np.asarray(pairs @ vectors, np.float32))
