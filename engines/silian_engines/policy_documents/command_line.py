"""`silian policy parse | score | akn` (命令行)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .document import PolicyDocument
    from .scoring import Score

_REFUSED = 2


class _Refusal(Exception):
    """A request that cannot be met, as one sentence for the user."""


def main(argv: list[str]) -> int:
    """Run a policy command, the word ``policy`` first; 2 means that the file is no document."""
    arguments = _parser().parse_args(argv[1:])
    from .errors import PolicyDocumentError

    try:
        text: str = arguments.run(arguments)
    except (PolicyDocumentError, _Refusal) as refusal:
        print(refusal, file=sys.stderr)
        return _REFUSED
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="silian policy", description="政策文件解析")
    commands = parser.add_subparsers(required=True, metavar="命令")
    parse = commands.add_parser("parse", help="把政策文件读成条款、任务、责任单位和指标")
    parse.add_argument("file", type=Path, metavar="文件")
    parse.add_argument("--json", action="store_true", help="输出完整结构")
    parse.set_defaults(run=_parse)
    score = commands.add_parser("score", help="与标注结果比较，输出准确率、召回率和 F1")
    score.add_argument("gold", type=Path, metavar="标注文件")
    score.add_argument("directory", type=Path, metavar="目录", help="原文，或解析结果 .json")
    score.set_defaults(run=_score)
    akn = commands.add_parser("akn", help="输出 Akoma Ntoso XML")
    akn.add_argument("file", type=Path, metavar="文件")
    akn.set_defaults(run=_akn)
    return parser


def _document(path: Path) -> tuple[PolicyDocument, str]:
    """The document in a file, and the medium it was read from."""
    from .parsing import parse_policy
    from .readers.source import read_source

    source = read_source(path=path)
    document = parse_policy(text=source.text, file_name=path.name, uncertain=source.doubts)
    return document, source.medium


def _parse(arguments: argparse.Namespace) -> str:
    from .as_json import document_data

    document, medium = _document(arguments.file)
    if arguments.json:
        data = {**document_data(document=document), "medium": medium}
        if medium not in ("txt", "markdown"):
            data["source_text"] = document.text
        return json.dumps(data, ensure_ascii=False, indent=1)
    return _summary(document)


def _summary(document: PolicyDocument) -> str:
    header = document.header
    lines = [
        f"{header.title or '（无标题）'}  {header.doc_number or ''}  {header.date or ''}".rstrip()
    ]
    for clause in document.clauses:
        duties = "、".join(clause.departments) or "—"
        bounds = len(clause.numeric_targets)
        lines.append(f"{clause.path[-1]}  {duties}" + (f"  指标 {bounds}" if bounds else ""))
    lines.append(f"修复 {len(document.repairs)} 处，存疑 {len(document.doubts)} 处")
    return "\n".join(lines)


def _akn(arguments: argparse.Namespace) -> str:
    from .akoma_ntoso import akoma_ntoso

    return akoma_ntoso(document=_document(arguments.file)[0])


def _score(arguments: argparse.Namespace) -> str:
    """Score a directory that holds, per labelled document, its parsed .json or its source."""
    from .scoring import ELEMENTS, Score, scores

    total = dict.fromkeys(ELEMENTS, Score(0, 0, 0))
    lines = [f"{'document':28}{'element':22}{'precision':>10}{'recall':>10}{'F1':>8}"]
    for labelled in _gold(arguments.gold):
        parsed = _parsed(arguments.directory, labelled["file"])
        for name, score in scores(labelled=labelled, parsed=parsed).items():
            total[name] = total[name] + score
            lines.append(_score_line(labelled["file"], name, score))
    lines.extend(_score_line("all", name, score) for name, score in total.items())
    return "\n".join(lines)


def _score_line(document: str, element: str, score: Score) -> str:
    return f"{document:28}{element:22}{score.precision:10.4f}{score.recall:10.4f}{score.f1:8.4f}"


def _gold(path: Path) -> list[dict[str, Any]]:
    documents = _json(path).get("documents")
    if not documents:
        raise _Refusal(f"标注文件“{path.name}”中没有 documents。")
    labelled: list[dict[str, Any]] = documents
    return labelled


def _parsed(directory: Path, name: str) -> dict[str, Any]:
    """The parsed document: NAME.json or STEM.json when present, otherwise the source itself."""
    from .as_json import document_data

    for candidate in (directory / f"{name}.json", directory / f"{Path(name).stem}.json"):
        if candidate.is_file():
            data = _json(candidate)
            documents = data.get("documents")
            return documents[0] if documents else data
    if (directory / name).is_file():
        return document_data(document=_document(directory / name)[0])
    raise _Refusal(f"目录“{directory.name}”中既没有“{name}”，也没有它的解析结果。")


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _Refusal(f"“{path.name}”不是可读取的 JSON 文件。") from error
    if not isinstance(data, dict):
        raise _Refusal(f"“{path.name}”的内容不是一个 JSON 对象。")
    return data
