"""``silian``: one entry over the engines' commands and Django's.

Commands that only compute start without Django and without a database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

POLICY_DOCUMENTS = "silian_engines.policy_documents.command_line"
MATCHING = "silian_engines.matching.command_line"
POLICY_RULES = "silian_engines.policy_rules.command_line"
ENGINE_COMMANDS = {
    "policy": (POLICY_DOCUMENTS, frozenset({"parse", "score", "akn"})),
    "occupations": (MATCHING, frozenset({"code", "score", "train", "table"})),
    "rules": (POLICY_RULES, frozenset({"list", "compute"})),
}
SITE_COMMANDS = {
    "backup": "config.backup",
    "restore": "config.restore",
    "doctor": "config.doctor",
}
DJANGO_COMMANDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("worker",): ("procrastinate", "worker"),
    ("import", "listings"): ("import_listings",),
    ("search", "rebuild"): ("search_rebuild",),
    ("demo", "batch"): ("demo_batch",),
}
OVERVIEW = """用法：silian 命令 [参数]

只计算，不用数据库：
  policy parse 文件 --json        解析一份政策文件
  policy score 标注.json 目录      对照标注给解析打分
  occupations code 文件.csv --column 列 --out 结果.csv   职业编码
  rules list --jurisdiction 代码 --on 日期 --json      列出某地某日有效的规则
  rules compute 规则 --jurisdiction 代码 --on 日期 --facts 事实.json   计算一件具体情形

平台：
  demo                  生成演示城市
  demo batch            在演示城市里办完一批产教融合型企业认定，直到一家取消并禁报
  import listings 文件   导入供需信息
  reference load 文件    载入分类目录
  jurisdiction load 代码 从规则库载入一个地区；jurisdiction list / show 代码
  search rebuild        重建检索
  audit verify          核验审计链
  workflows             生成流程图文档
  scaffold 层 模块       新建一个模块
  backup / restore      备份与恢复
  doctor                上线检查
  worker                处理后台任务
其余命令与 Django 相同，见 silian help。"""


def engine_command(arguments: list[str]) -> Callable[[list[str]], int] | None:
    """The engine behind a group of commands, when the second word is one of the engine's."""
    module, words = ENGINE_COMMANDS.get(arguments[0], ("", frozenset()))
    if len(arguments) < 2 or arguments[1] not in words:
        return None
    main: Callable[[list[str]], int] = import_module(module).main
    return main


def use_embedded_database() -> None:
    """Point Django at the embedded database unless the site names its own."""
    if os.environ.get("DATABASE_URL"):
        return
    from config.embedded_postgres import EmbeddedPostgres

    folder = Path(
        os.environ.get("SILIAN_DATA_FOLDER") or Path(__file__).resolve().parents[1] / "var"
    )
    os.environ["DATABASE_URL"] = EmbeddedPostgres(folder=folder / "postgres").ensure()


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments:
        print(OVERVIEW)
        return 0
    engine = engine_command(arguments)
    if engine:
        return engine(arguments)
    return django_command(arguments)


def django_command(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    from config.embedded_postgres import PostgresUnavailable

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    try:
        use_embedded_database()
    except PostgresUnavailable as reason:
        print(reason, file=sys.stderr)
        return 1
    if arguments[0] in SITE_COMMANDS:
        return site_command(arguments)
    arguments = django_name(arguments)
    execute_from_command_line(["silian", *arguments])
    return 0


def django_name(arguments: list[str]) -> list[str]:
    """The management command behind one or two words of ours."""
    for length in (2, 1):
        named = DJANGO_COMMANDS.get(tuple(arguments[:length]))
        if named:
            return [*named, *arguments[length:]]
    return arguments


def site_command(arguments: list[str]) -> int:
    """Commands about the installation itself, above every module."""
    return int(import_module(SITE_COMMANDS[arguments[0]]).main(arguments[1:]))
