"""Scanned pages and images by offline optical recognition (扫描件识别)."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable
from functools import cache
from typing import Any

from ..document import Doubt
from ..errors import NotAPolicyDocument, RecognitionUnavailable
from .page_layout import Glyph, VisualLine, paragraphs
from .source import SourceText

_CERTAIN = 0.85
_LEGIBLE = 0.7  # below this a page is tried upside down
_FEWEST_CELLS = 4
_CELL_GAP = 0.8  # in line heights
_CELL_STOP = tuple(Glyph(character) for character in " | ")


def read_image(content: bytes, *, name: str) -> SourceText:
    """The paragraphs of one image."""
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(io.BytesIO(content)).convert("RGB")
    except (UnidentifiedImageError, OSError) as error:
        raise NotAPolicyDocument(f"图片“{name}”已损坏，无法读取。") from error
    return read_scanned_pages([image])


def read_scanned_pages(images: Iterable[Any]) -> SourceText:
    """The paragraphs of scanned pages, every uncertain character doubted."""
    engine = _engine()
    text: list[str] = []
    doubts: list[Doubt] = []
    position = 0
    pages = [_lines(engine, image) for image in images]
    page_of = {id(line.glyphs[0]): page for page, lines in enumerate(pages) for line in lines}
    starts: dict[int, int] = {}
    for paragraph in paragraphs(pages):
        for offset, glyph in enumerate(paragraph):
            starts.setdefault(page_of.get(id(glyph), -1), position + offset)
            if glyph.confidence < _CERTAIN:
                doubts.append(_doubt(glyph, position + offset))
        text.append("".join(glyph.character for glyph in paragraph))
        position += len(paragraph) + 1
    if not text:
        raise NotAPolicyDocument("扫描件中没有识别出文字，请提高扫描清晰度后重试。")
    return SourceText(
        "\n".join(text), "scan", tuple(doubts), _page_starts(starts, pages=len(pages))
    )


def _page_starts(found: dict[int, int], *, pages: int) -> tuple[int, ...]:
    """Where each page begins; a page without words begins where the next does."""
    starts: list[int] = []
    following = max(found.values())
    for page in reversed(range(pages)):
        following = min(following, found.get(page, following))
        starts.append(following)
    return tuple(reversed(starts))


@cache
def _engine() -> Any:
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError as error:
        raise RecognitionUnavailable(
            "本机未安装文字识别组件 rapidocr-onnxruntime，无法读取扫描件，请改传文字版文件。"
        ) from error
    return RapidOCR()


def _lines(engine: Any, image: Any) -> list[VisualLine]:
    """Recognised lines from top to bottom, pieces of one line side by side."""
    import numpy

    pixels = numpy.array(image)[:, :, ::-1]
    found = _recognised(engine, pixels)
    if found and _mean_confidence(found) < _LEGIBLE:
        turned = _recognised(engine, pixels[::-1, ::-1])
        found = max(found, turned, key=_mean_confidence)
    return sorted(_side_by_side([_piece(each) for each in found]), key=lambda line: line.top)


def _recognised(engine: Any, pixels: Any) -> list[Any]:
    """The boxes of a page held upright; turning single boxes would read 6 as 9."""
    found, _ = engine(pixels, use_cls=False, return_word_box=True)
    return found or []


def _mean_confidence(found: list[Any]) -> float:
    return sum(float(each[2]) for each in found) / len(found) if found else 0.0


def _piece(found: Any) -> VisualLine:
    """A recognised box; its height is that of its edges, whatever the skew of the page."""
    (upper_left, upper_right, lower_right, lower_left), text = found[0], found[1]
    words, confidences = (found[4], found[5]) if len(found) >= 6 else ((), ())
    return VisualLine(
        glyphs=_glyphs(text, float(found[2]), words, confidences),
        left=min(upper_left[0], lower_left[0]),
        right=max(upper_right[0], lower_right[0]),
        top=(upper_left[1] + upper_right[1]) / 2,
        bottom=(lower_left[1] + lower_right[1]) / 2,
    )


def _glyphs(text: str, confidence: float, words: Any, confidences: Any) -> tuple[Glyph, ...]:
    """One glyph per character; a word's confidence holds for each of its characters."""
    certain: list[tuple[str, float]] = [
        (character, float(each))
        for word, each in zip(words, confidences, strict=False)
        for character in word
    ]
    if "".join(character for character, _ in certain) == text:
        return tuple(Glyph(character, each) for character, each in certain)
    return tuple(Glyph(character, confidence) for character in text)


def _side_by_side(pieces: list[VisualLine]) -> list[VisualLine]:
    """Pieces whose middles lie at one height are one line."""
    groups: list[list[VisualLine]] = []
    for piece in sorted(pieces, key=lambda each: (each.top + each.bottom) / 2):
        if groups and _beside(groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_line_of(sorted(group, key=lambda each: each.left)) for group in groups]


def _beside(last: VisualLine, piece: VisualLine) -> bool:
    middle = (piece.top + piece.bottom) / 2
    return last.top < middle < last.bottom and abs(last.size - piece.size) < last.size / 2


def _line_of(pieces: list[VisualLine]) -> VisualLine:
    """One line; pieces that stand well apart are the cells of a table row."""
    is_row = len(pieces) >= _FEWEST_CELLS and all(
        right.left - left.right > _CELL_GAP * left.size
        for left, right in itertools.pairwise(pieces)
    )
    between = _CELL_STOP if is_row else ()
    glyphs = list(pieces[0].glyphs)
    for piece in pieces[1:]:
        glyphs.extend((*between, *piece.glyphs))
    return VisualLine(
        glyphs=tuple(glyphs),
        left=pieces[0].left,
        right=max(each.right for each in pieces),
        top=min(each.top for each in pieces),
        bottom=max(each.bottom for each in pieces),
        is_row=is_row,
    )


def _doubt(glyph: Glyph, position: int) -> Doubt:
    reason = f"识别置信度 {glyph.confidence:.2f}"
    return Doubt(
        "uncertain_character", glyph.character, (glyph.character,), position, position + 1, reason
    )
