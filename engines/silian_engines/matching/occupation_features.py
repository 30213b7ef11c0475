"""Features of a title (岗位名称特征): hashed character n-grams of many titles at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from silian_engines.matching.title_cleaning import CleanTitle

SLOT_BITS = 22
LONGEST_GRAM = 4
WHOLE, SEGMENT, HEAD, TEXT = 0, 1, 2, 3
WEIGHTS = np.array([0.25, 1.0, 2.0, 0.3], dtype=np.float32)
TEXT_LENGTH = 120
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(64 - SLOT_BITS)

Slots = npt.NDArray[np.int64]
Values = npt.NDArray[np.float32]


def _mixed(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    hashes = hashes ^ (hashes >> np.uint64(32))
    return hashes * _MIXER


def _blocks(
    titles: Sequence[CleanTitle], texts: Sequence[str] | None
) -> tuple[list[str], list[int], list[int]]:
    """Pieces of text with the number of their title and their kind."""
    pieces: list[str] = []
    owners: list[int] = []
    kinds: list[int] = []
    for number, title in enumerate(titles):
        segments = title.segments or (title.whole,)
        parts = [title.whole, *[f"^{segment}$" for segment in segments], title.head]
        kind = [WHOLE, *[SEGMENT] * len(segments), HEAD]
        if texts is not None and texts[number]:
            parts.append(texts[number][:TEXT_LENGTH].lower())
            kind.append(TEXT)
        pieces += parts
        owners += [number] * len(parts)
        kinds += kind
    return pieces, owners, kinds


def _whole_hashes(pieces: list[str]) -> npt.NDArray[np.uint64]:
    """One hash per piece, from its first sixteen characters."""
    cut = [piece[:16] for piece in pieces]
    codes = np.frombuffer("".join(p.ljust(16, "\0") for p in cut).encode("utf-32-le"), np.uint32)
    table = codes.reshape(len(cut), 16).astype(np.uint64)
    hashes = np.full(len(cut), 77, dtype=np.uint64)
    for column in range(16):
        hashes = _mixed((hashes + table[:, column]) * _MULTIPLIER)
    return hashes


def hashed_features(
    *, titles: Sequence[CleanTitle], texts: Sequence[str] | None = None
) -> tuple[Slots, Slots, Values]:
    """Title numbers, feature slots and weights of all n-grams; each pair occurs once."""
    pieces, owners, kinds = _blocks(titles, texts)
    lengths = np.fromiter((len(p) for p in pieces), np.int64, len(pieces))
    codes = np.frombuffer("".join(pieces).encode("utf-32-le", "surrogatepass"), np.uint32)
    piece_of = np.repeat(np.arange(len(pieces)), lengths)
    kind_of_piece = np.array(kinds, dtype=np.int64)
    owner_of_piece = np.array(owners, dtype=np.int64)
    is_head = kind_of_piece == HEAD
    kept = ~is_head[piece_of]
    codes, piece_of = codes[kept].astype(np.uint64), piece_of[kept]
    grams_kind = np.where(kind_of_piece[piece_of] == WHOLE, 1, 2).astype(np.uint64)
    hashes = grams_kind * _MULTIPLIER
    all_hashes, all_pieces = [], []
    for length in range(1, LONGEST_GRAM + 1):
        if len(codes) < length:
            break
        tail = codes[length - 1 :]
        hashes = _mixed((hashes[: len(tail)] + tail) * _MULTIPLIER)
        inside = piece_of[: len(tail)] == piece_of[length - 1 :]
        all_hashes.append(hashes[inside])
        all_pieces.append(piece_of[: len(tail)][inside])
    heads = np.flatnonzero(is_head)
    all_hashes.append(_whole_hashes([pieces[i] for i in heads]))
    all_pieces.append(heads)
    slots = (np.concatenate(all_hashes) * _MIXER >> _SHIFT).astype(np.int64)
    gram_pieces = np.concatenate(all_pieces)
    return _once(owner_of_piece[gram_pieces], slots, kind_of_piece[gram_pieces])


def _once(owners: Slots, slots: Slots, kinds: Slots) -> tuple[Slots, Slots, Values]:
    """Keep one of each (title, slot), the heaviest kind."""
    order_of_kind = np.argsort(np.argsort(-WEIGHTS))
    keys = (owners << (SLOT_BITS + 2)) | (slots << 2) | order_of_kind[kinds]
    keys.sort()
    pairs = keys >> 2
    first = np.empty(len(pairs), dtype=bool)
    first[:1] = True
    np.not_equal(pairs[1:], pairs[:-1], out=first[1:])
    keys = keys[first]
    weights = np.sort(WEIGHTS)[::-1][keys & 3]
    mask = (1 << SLOT_BITS) - 1
    return keys >> (SLOT_BITS + 2), (keys >> 2) & mask, weights.astype(np.float32)
