"""Whether an upload may be kept: its name, size, true type, and what is packed inside.

Pure decisions over bytes; the result is the content as it will be kept.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

from silian.foundation.kernel.archive_checks import check_archive, office_kind
from silian.foundation.kernel.errors import DomainError

LONGEST_NAME = 120
MOST_PIXELS = 50_000_000  # an A3 page at 600 dpi has 70 million; a phone's photo 12 to 48
JPEG_QUALITY = 88  # no visible loss on scans and photographs


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """A kind of file the platform takes: its label, endings and MIME type."""

    label: str
    endings: tuple[str, ...]
    content_type: str
    image_format: str = ""
    office_part: str = ""
    is_text: bool = False


PDF = FileKind(label="PDF", endings=(".pdf",), content_type="application/pdf")
JPEG = FileKind(
    label="JPEG 图片", endings=(".jpg", ".jpeg"), content_type="image/jpeg", image_format="JPEG"
)
PNG = FileKind(label="PNG 图片", endings=(".png",), content_type="image/png", image_format="PNG")
WEBP = FileKind(
    label="WebP 图片", endings=(".webp",), content_type="image/webp", image_format="WEBP"
)
DOCX = FileKind(
    label="Word 文档",
    endings=(".docx",),
    content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    office_part="word/",
)
XLSX = FileKind(
    label="Excel 表格",
    endings=(".xlsx",),
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    office_part="xl/",
)
PPTX = FileKind(
    label="PPT 演示文稿",
    endings=(".pptx",),
    content_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
    office_part="ppt/",
)
CSV = FileKind(label="CSV 表格", endings=(".csv",), content_type="text/csv", is_text=True)
TXT = FileKind(label="文本", endings=(".txt",), content_type="text/plain", is_text=True)
MARKDOWN = FileKind(
    label="Markdown", endings=(".md", ".markdown"), content_type="text/markdown", is_text=True
)
ZIP = FileKind(label="ZIP 压缩包", endings=(".zip",), content_type="application/zip")

IMAGES = (JPEG, PNG, WEBP)
DOCUMENTS = (PDF, *IMAGES, DOCX, XLSX, PPTX, CSV, TXT)
TABLES = (XLSX, CSV)
ANYTHING = (*DOCUMENTS, ZIP)


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """Content that passed, as it will be kept."""

    name: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def checked(*, name: str, content: bytes, kinds: tuple[FileKind, ...], limit: int) -> CheckedFile:
    """The file as it may be kept, or a refusal that says what is wrong with it."""
    name = clean_name(name)
    if not content:
        raise DomainError(f"“{name}”是空文件。请检查后重新选择。")
    if len(content) > limit:
        raise DomainError(
            f"“{name}”有 {megabytes(len(content))} MB，超过上限 {megabytes(limit)} MB。"
            "请压缩图片或拆成几个文件后上传。"
        )
    kind = kind_of(name=name, kinds=kinds)
    content = checked_content(kind=kind, name=name, content=content)
    return CheckedFile(name=name, content_type=kind.content_type, content=content)


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def clean_name(name: str) -> str:
    """The bare name: no folders, no control or direction characters, at most 120 characters."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(c for c in bare if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    shown = unicodedata.normalize("NFC", shown).strip(" .")
    shown = "".join("_" if c in '<>:"|?*' else c for c in shown)
    if not shown:
        raise DomainError("文件没有名称。请改名后重新上传。")
    path = PurePosixPath(shown)
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix[:LONGEST_NAME]


def kind_of(*, name: str, kinds: tuple[FileKind, ...]) -> FileKind:
    ending = PurePosixPath(name).suffix.lower()
    for kind in kinds:
        if ending in kind.endings:
            return kind
    taken = "、".join(kind.label for kind in kinds)
    cure = OLD_FORMATS.get(ending, "请转换格式后上传。")
    raise DomainError(f"“{name}”的格式不在可接收之列。可接收：{taken}。{cure}")


OLD_FORMATS = {
    ".doc": "请在 Word 或 WPS 中另存为 .docx 后上传。",
    ".wps": "请在 WPS 中另存为 .docx 后上传。",
    ".xls": "请在 Excel 或 WPS 中另存为 .xlsx 后上传。",
    ".et": "请在 WPS 中另存为 .xlsx 后上传。",
    ".ppt": "请在 PowerPoint 或 WPS 中另存为 .pptx 后上传。",
    ".ofd": "请用 OFD 阅读器导出为 .pdf 后上传。",
    ".rar": "请改用 .zip 或直接上传其中的文件。",
    ".7z": "请改用 .zip 或直接上传其中的文件。",
}


def checked_content(*, kind: FileKind, name: str, content: bytes) -> bytes:
    if kind.is_text:
        check_text(name=name, content=content)
        return content
    if kind.content_type not in true_types(content):
        raise mismatch(kind=kind, name=name)
    if kind.image_format:
        return redrawn(kind=kind, name=name, content=content)
    if kind.office_part or kind == ZIP:
        check_packed(kind=kind, name=name, content=content)
    if kind == PDF and b"%%EOF" not in content[-2048:]:
        raise DomainError(f"“{name}”不完整，结尾缺失。请重新导出 PDF 后上传。")
    return content


def mismatch(*, kind: FileKind, name: str) -> DomainError:
    return DomainError(f"“{name}”的内容不是{kind.label}，与扩展名不符。请用原软件重新导出后上传。")


def true_types(content: bytes) -> set[str]:
    """The MIME types that the content itself can be."""
    try:
        return {match.mime_type for match in puremagic.magic_string(content)}
    except puremagic.PureError:
        return set()


def check_text(*, name: str, content: bytes) -> None:
    """Text is UTF-8, UTF-16 with its mark, or GB18030, and holds no control characters."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(c < " " and c not in "\t\r\n\f" for c in text):
            return
        break
    raise DomainError(f"“{name}”不是可读的文本。请用 UTF-8 或 GB18030 编码另存后上传。")


def redrawn(*, kind: FileKind, name: str, content: bytes) -> bytes:
    """The picture drawn anew: hidden data, place and camera facts are gone (去除 EXIF)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[kind.image_format])
        if picture.width * picture.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        upright = ImageOps.exif_transpose(picture)
        plain = upright.convert(plain_mode(kind=kind, mode=upright.mode))
        plain.info.clear()
        target = io.BytesIO()
        plain.save(target, kind.image_format, quality=JPEG_QUALITY)
    except Image.DecompressionBombError:
        raise DomainError(
            f"“{name}”超过 {MOST_PIXELS // 10_000} 万像素。请缩小尺寸后上传。"
        ) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise DomainError(f"“{name}”已损坏，无法打开。请重新导出图片后上传。") from None
    return target.getvalue()


def plain_mode(*, kind: FileKind, mode: str) -> str:
    if kind == JPEG:
        return "L" if mode in ("1", "L") else "RGB"
    return "RGBA" if mode in ("RGBA", "LA", "PA", "P") else "RGB"


def check_packed(*, kind: FileKind, name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if kind.office_part and office_kind(archive) != kind.office_part:
                raise mismatch(kind=kind, name=name)
            check_archive(archive, name=name, is_office=bool(kind.office_part))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError):
        raise DomainError(f"“{name}”已损坏，无法打开。请重新保存后上传。") from None
    except RuntimeError:
        raise DomainError(f"“{name}”设有密码，无法检查。请去掉密码后上传。") from None
