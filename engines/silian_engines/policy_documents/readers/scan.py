"""Scanned pages and images by offline optical recognition (扫描件识别)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from typing import Any

from ..document import Doubt
from ..errors import NotAPolicyDocument, RecognitionUnavailable
from .page_layout import Glyph, VisualLine, paragraphs
from .source import SourceText

_CERTAIN = 0.85


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
    for paragraph in paragraphs([_lines(engine, image) for image in images]):
        for offset, glyph in enumerate(paragraph):
            if glyph.confidence < _CERTAIN:
                doubts.append(_doubt(glyph, position + offset))
        text.append("".join(glyph.character for glyph in paragraph))
        position += len(paragraph) + 1
    if not text:
        raise NotAPolicyDocument("扫描件中没有识别出文字，请提高扫描清晰度后重试。")
    return SourceText("\n".join(text), "scan", tuple(doubts))


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

    found, _ = engine(numpy.array(image)[:, :, ::-1], return_word_box=True)
    pieces = [_piece(each) for each in found or ()]
    return sorted(_side_by_side(pieces), key=lambda line: line.top)


def _piece(found: Any) -> VisualLine:
    box, text, confidence = found[0], found[1], float(found[2])
    words, confidences = (found[4], found[5]) if len(found) >= 6 else ((), ())
    glyphs = _glyphs(text, confidence, words, confidences)
    horizontal = [point[0] for point in box]
    vertical = [point[1] for point in box]
    return VisualLine(glyphs, min(horizontal), max(horizontal), min(vertical), max(vertical))


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
    lines: list[VisualLine] = []
    for piece in sorted(pieces, key=lambda each: (each.top + each.bottom) / 2):
        last = lines[-1] if lines else None
        middle = (piece.top + piece.bottom) / 2
        if last and last.top < middle < last.bottom and abs(last.size - piece.size) < last.size / 2:
            first, second = sorted((last, piece), key=lambda each: each.left)
            lines[-1] = VisualLine(
                (*first.glyphs, *second.glyphs),
                first.left,
                max(first.right, second.right),
                min(first.top, second.top),
                max(first.bottom, second.bottom),
            )
        else:
            lines.append(piece)
    return lines


def _doubt(glyph: Glyph, position: int) -> Doubt:
    reason = f"识别置信度 {glyph.confidence:.2f}"
    return Doubt(
        "uncertain_character", glyph.character, (glyph.character,), position, position + 1, reason
    )
