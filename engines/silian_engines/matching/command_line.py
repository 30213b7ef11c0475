"""The command line of this engine: `silian occupations code|score|train|table`."""

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

LARGEST_CELL = 10_000_000


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(list(argv))
    try:
        return int(arguments.run(arguments))
    except (OSError, UnicodeError, ValueError, csv.Error) as problem:
        print(f"没有完成：{problem}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="silian")
    groups = parser.add_subparsers(required=True)
    occupations = groups.add_parser("occupations", help="职业编码").add_subparsers(required=True)
    code = occupations.add_parser("code", help="给CSV的每一行编码")
    code.add_argument("file", type=Path)
    code.add_argument("--column", default="title", help="岗位名称所在的列")
    code.add_argument("--text-column", help="可选：岗位描述所在的列")
    code.add_argument("--out", type=Path, required=True)
    code.set_defaults(run=_code)
    score = occupations.add_parser("score", help="在带标签的CSV上交叉验证")
    score.add_argument("file", type=Path)
    score.set_defaults(run=_score)
    train = occupations.add_parser("train", help="重新训练并写出模型")
    train.add_argument("file", type=Path)
    train.add_argument("--out", type=Path)
    train.set_defaults(run=_train)
    table = occupations.add_parser("table", help="从官方目录文件写出职业表")
    table.add_argument("file", type=Path)
    table.set_defaults(run=_table)
    return parser


def _text_of(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _code(arguments: argparse.Namespace) -> int:
    from silian_engines.matching.occupation_coding import code_titles

    csv.field_size_limit(LARGEST_CELL)
    rows = list(csv.DictReader(io.StringIO(_text_of(arguments.file), newline="")))
    for column in filter(None, (arguments.column, arguments.text_column)):
        if rows and column not in rows[0]:
            raise ValueError(f"文件里没有“{column}”这一列，只有：{'、'.join(map(str, rows[0]))}")
    titles = [row[arguments.column] or "" for row in rows]
    texts = [row[arguments.text_column] or "" for row in rows] if arguments.text_column else None
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([arguments.column, "code", "name", "confidence"])
        for coded in code_titles(titles=titles, texts=texts):
            writer.writerow([coded.title, coded.code, coded.name, f"{coded.confidence:.3f}"])
    print(f"已编码 {len(rows)} 行，写入 {arguments.out}")
    return 0


def _score(arguments: argparse.Namespace) -> int:
    from silian_engines.matching.occupation_training import cross_validated, labelled_titles

    labels = labelled_titles(path=arguments.file)
    for name, grouped in (("近重复标题分组", True), ("随机分组", False)):
        score = cross_validated(labels=labels, grouped=grouped)
        print(
            f"五折交叉验证（{name}，{score.titles} 条）：大类 {score.major_group:.3f}，"
            f"细类 {score.full_code:.3f}，前三 {score.among_first_three:.3f}"
        )
    return 0


def _train(arguments: argparse.Namespace) -> int:
    from silian_engines.matching.occupation_model import MODEL
    from silian_engines.matching.occupation_training import labelled_titles, train

    path = arguments.out or MODEL
    score = train(labels=labelled_titles(path=arguments.file), path=path)
    print(f"模型已写入 {path}（大类 {score.major_group:.3f}，细类 {score.full_code:.3f}）")
    return 0


def _table(arguments: argparse.Namespace) -> int:
    from silian_engines.matching.occupation_training import write_official_table

    print(f"已写出 {write_official_table(source=arguments.file)} 个条目")
    return 0
