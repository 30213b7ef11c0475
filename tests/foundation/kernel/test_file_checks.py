"""What an upload must be: its name, its true type, and nothing hidden inside."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.file_checks import ANYTHING, DOCUMENTS, checked, clean_name
from tests.foundation.kernel.uploads import LIMIT, PDF, archive, office, picture, table


def refusal(name: str, content: bytes, **given: Any) -> str:
    options = {"kinds": ANYTHING, "limit": LIMIT} | given
    with pytest.raises(DomainError) as refused:
        checked(name=name, content=content, **options)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("协议.pdf", PDF),
        ("照片.JPG", picture()),
        ("图.png", picture("PNG")),
        ("图.webp", picture("WEBP")),
        ("岗位.xlsx", table()),
        ("说明.docx", office("word/")),
        ("名单.csv", "姓名,专业\n甲,数控".encode("gb18030")),
        ("说明.txt", "说明".encode("utf-16")),
        ("材料.zip", archive({"a.txt": b"1", "b/c.pdf": PDF})),
    ],
)
def test_ordinary_files_are_taken(name: str, content: bytes) -> None:
    file = checked(name=name, content=content, kinds=ANYTHING, limit=LIMIT)
    assert file.name == name
    assert len(file.sha256) == 64


def test_an_empty_file_is_refused() -> None:
    assert "空文件" in refusal("a.pdf", b"")


def test_a_file_over_the_limit_is_refused_with_both_numbers() -> None:
    sentence = refusal("a.txt", b"a" * (3 * 1024 * 1024), limit=2 * 1024 * 1024)
    assert "3 MB" in sentence
    assert "2 MB" in sentence


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a", "a.pdf.js"])
def test_other_formats_are_refused(name: str) -> None:
    assert "不在可接收之列" in refusal(name, b"x")


def test_an_old_format_is_refused_with_the_cure() -> None:
    assert "另存为 .xlsx" in refusal("旧.xls", b"\xd0\xcf\x11\xe0")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00" + b"x" * 100),
        ("a.pdf", picture()),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.jpg", picture("PNG")),
        ("a.xlsx", office("word/")),
        ("a.docx", archive({"a.txt": b"1"})),
        ("a.zip", PDF),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(name: str, content: bytes) -> None:
    assert "不是" in refusal(name, content)


def test_a_binary_named_text_is_refused() -> None:
    assert "可读的文本" in refusal("a.csv", b"a,b\x00\x01\x02")


def test_a_torn_pdf_is_refused() -> None:
    assert "不完整" in refusal("a.pdf", PDF[:20])


def test_a_picture_loses_its_camera_facts_and_stands_upright() -> None:
    content = picture(exif=True)
    assert b"CameraMaker" in content
    file = checked(name="a.jpg", content=content, kinds=DOCUMENTS, limit=LIMIT)
    redrawn = Image.open(io.BytesIO(file.content))
    assert not redrawn.getexif()
    assert b"CameraMaker" not in file.content
    assert redrawn.size == (40, 60)


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    content = picture("PNG") + b"<script>alert(1)</script>"
    file = checked(name="a.png", content=content, kinds=DOCUMENTS, limit=LIMIT)
    assert b"<script>" not in file.content


def test_a_picture_bomb_is_refused() -> None:
    target = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(target, "PNG")
    assert "像素" in refusal("a.png", target.getvalue())


def test_a_torn_picture_is_refused() -> None:
    assert "损坏" in refusal("a.jpg", picture()[:200])


def test_an_archive_bomb_is_refused() -> None:
    bomb = archive({"a.txt": b"\0" * (64 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert "展开后过大" in refusal("a.zip", bomb)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    honest = archive({"a.txt": b"\0" * (64 * 1024 * 1024)})
    size = (64 * 1024 * 1024).to_bytes(4, "little")
    assert honest.count(size) >= 2
    lying = honest.replace(size, (1000).to_bytes(4, "little"))
    assert "损坏" in refusal("a.zip", lying)


def test_too_many_entries_are_refused() -> None:
    many = archive({f"{n}.txt": b"1" for n in range(3001)}, method=zipfile.ZIP_STORED)
    assert "上限 3000 个" in refusal("a.zip", many)


def test_an_archive_in_an_archive_is_refused() -> None:
    assert "还有压缩包" in refusal("a.zip", archive({"b.zip": archive({"c.txt": b"1"})}))
    assert "还有压缩包" in refusal("a.zip", archive({"photo.jpg": archive({"c.txt": b"1"})}))


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "..\\a.txt", "C:/a.txt"])
def test_an_archive_that_leaves_its_folder_is_refused(path: str) -> None:
    assert "路径不正常" in refusal("a.zip", archive({path: b"1"}))


def test_macros_are_refused() -> None:
    assert "宏" in refusal("a.xlsx", office(xl__vbaProject=b"x", **{"xl__vbaProject.bin": b"x"}))


def test_a_document_may_embed_a_table_but_no_macros() -> None:
    plain = office("word/", **{"word__embeddings__t.xlsx": table()})
    assert checked(name="a.docx", content=plain, kinds=DOCUMENTS, limit=LIMIT)
    wicked = office(**{"xl__vbaProject.bin": b"x"})
    nested = office("word/", **{"word__embeddings__t.xlsx": wicked})
    assert "宏" in refusal("a.docx", nested)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\x\\合同.pdf", "合同.pdf"),
        ("../../合同.pdf", "合同.pdf"),
        ("合\u202efdp.exe.pdf", "合fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("..隐藏.pdf", "隐藏.pdf"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_file_without_a_name_is_refused() -> None:
    with pytest.raises(DomainError):
        clean_name("../..")
