"""Files of every supported kind give the same document."""

import io
import subprocess
import sys
import zipfile

import docx
import pytest
from silian_engines.policy_documents.errors import NotAPolicyDocument, RecognitionUnavailable
from silian_engines.policy_documents.parsing import parse_policy
from silian_engines.policy_documents.readers import scan
from silian_engines.policy_documents.readers.page_layout import Glyph, VisualLine, paragraphs
from silian_engines.policy_documents.readers.source import source_of

from .conftest import DOCUMENTS

TEXT = (DOCUMENTS / "qingshui_opinion.txt").read_text(encoding="utf-8")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_is_found(encoding):
    assert source_of(TEXT.encode(encoding), name="a.txt").text == TEXT


def test_unreadable_bytes_are_doubted_not_hidden():
    content = TEXT.encode()
    source = source_of(content[:301] + b"\xff" + content[301:], name="a.txt")
    assert [each.kind for each in source.doubts] == ["unreadable_character"] * len(source.doubts)
    assert source.doubts


def test_a_word_file_reads_like_its_text():
    word = docx.Document()
    for line in TEXT.splitlines():
        word.add_paragraph(line)
    buffer = io.BytesIO()
    word.save(buffer)
    source = source_of(buffer.getvalue(), name="a.docx")
    assert source.medium == "docx"
    parsed, plain = parse_policy(text=source.text), parse_policy(text=TEXT)
    assert [each.path for each in parsed.clauses] == [each.path for each in plain.clauses]
    assert [each.departments for each in parsed.clauses] == [
        each.departments for each in plain.clauses
    ]


def test_numbers_that_word_counts_itself_are_printed():
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, pattern in enumerate(("%1、", "（%2）"))
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    paragraphs_xml = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for depth, text in ((0, "总体要求"), (1, "思路"), (1, "目标"), (0, "任务"), (1, "办学"))
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        body = f'<w:document xmlns:w="{W}"><w:body>{paragraphs_xml}</w:body></w:document>'
        package.writestr("word/document.xml", body)
        package.writestr("word/numbering.xml", numbering)
    lines = source_of(buffer.getvalue(), name="a.docx").text.splitlines()
    assert lines == ["一、总体要求", "（一）思路", "（二）目标", "二、任务", "（一）办学"]


def test_a_table_in_word_is_read_row_by_row_with_merged_cells():
    word = docx.Document()
    word.add_paragraph("清水市技能工作重点任务分工表")
    word.add_paragraph("本表所列任务由各单位按照职责抓好落实，按月报送进展，年底统一考核。")
    table = word.add_table(rows=3, cols=4)
    rows = [
        ["任务类别", "重点任务", "牵头单位", "配合单位"],
        ["培训", "扩大企业培训", "市人社局", "市工信局\n市总工会"],
        ["", "举办技能竞赛", "市总工会", "市人社局"],
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text.split("\n")[0]
            for more in text.split("\n")[1:]:
                cell.add_paragraph(more)
    table.cell(1, 0).merge(table.cell(2, 0))
    buffer = io.BytesIO()
    word.save(buffer)
    document = parse_policy(text=source_of(buffer.getvalue(), name="a.docx").text)
    assert [
        (row.section, row.title, [member.name for member in row.members])
        for row in document.table_tasks
    ] == [
        ("培训", "扩大企业培训", ["市人社局", "市工信局", "市总工会"]),
        ("培训", "举办技能竞赛", ["市总工会", "市人社局"]),
    ]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4 nothing", b"PK\x03\x04nothing", b"\x89PNG nothing", b"\x00\x01" * 80]
)
def test_a_broken_file_is_refused_with_a_sentence(content):
    with pytest.raises(NotAPolicyDocument, match="。$"):
        source_of(content, name="a")


def line(text, left, right, top):
    return VisualLine(tuple(Glyph(each) for each in text), left, right, top, top + 10)


def test_full_lines_are_joined_and_indented_ones_begin_a_paragraph():
    page = [
        line("推动院校与企业共建共享", 20, 110, 0),
        line("实训基地。", 0, 50, 12),
        line("鼓励企业开放岗位，", 20, 110, 24),
        line("接收学生。", 0, 50, 36),
        line("— 3 —", 50, 60, 60),
    ]
    texts = ["".join(glyph.character for glyph in each) for each in paragraphs([page])]
    assert texts == ["推动院校与企业共建共享实训基地。", "鼓励企业开放岗位，接收学生。"]


def test_missing_recognition_is_said_in_a_sentence(monkeypatch):
    scan._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    with pytest.raises(RecognitionUnavailable, match="未安装文字识别组件"):
        scan.read_scanned_pages([])


def chinese_font():
    """A Chinese font file of this machine."""
    try:
        found = subprocess.run(
            ["fc-match", "-f", "%{file}", ":lang=zh-cn"], capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no font tool on this machine")
    return found.stdout


@pytest.mark.slow
def test_a_scanned_page_is_recognised_and_doubtful_characters_are_named():
    pytest.importorskip("rapidocr_onnxruntime", exc_type=ImportError)
    from PIL import Image, ImageDraw, ImageFont

    scan._engine.cache_clear()
    image = Image.new("RGB", (1000, 420), "white")
    font = ImageFont.truetype(chinese_font(), 34)
    draw = ImageDraw.Draw(image)
    for row, text in enumerate(
        ["清水市人民政府关于办学的意见", "一、主要任务", "（一）共建基地。建设3个实训基地。"]
    ):
        draw.text((60, 60 + row * 90), text, "black", font=font)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    source = source_of(buffer.getvalue(), name="a.png")
    assert source.medium == "scan"
    assert "主要任务" in source.text
    assert "建设3个实训基地" in source.text
    for doubt in source.doubts:
        assert source.text[doubt.start : doubt.end] == doubt.printed
