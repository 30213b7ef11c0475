"""Files to upload in tests, made here so that none has to be kept."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter
from PIL import Image

LIMIT = 20 * 1024 * 1024
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), exif: bool = False) -> bytes:
    image = Image.new("RGB", size, (29, 78, 137))
    facts = Image.Exif()
    if exif:
        facts[0x010F] = "CameraMaker"
        facts[0x0112] = 6
        facts.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    image.save(target, kind, exif=facts)
    return target.getvalue()


def table(rows: int = 3) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for line in range(rows):
        sheet.write_string(line, 0, f"岗位 {line}")
    book.close()
    return target.getvalue()


def archive(entries: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return target.getvalue()


def office(part: str = "xl/", **more: bytes) -> bytes:
    entries = {"[Content_Types].xml": b"<Types/>", f"{part}main.xml": b"<main/>"}
    return archive(entries | {name.replace("__", "/"): value for name, value in more.items()})
