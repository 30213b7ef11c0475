"""``silian audit verify``: recompute the chain and say whether anybody rewrote history."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from silian.foundation.kernel.audit import ChainVerdict, chain_head, head_is_on_chain, verify_chain


class Command(BaseCommand):
    help = "核验审计链：verify 重算全部散列；head 显示链尾，供抄存后用 --head 比对"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify", "head"])
        parser.add_argument("--head", default="", help="以前抄存的链尾“序号:散列”，核对它仍在链上")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "head":
            self.stdout.write(chain_head())
            return
        verdict = verify_chain()
        if not verdict.holds:
            raise CommandError(broken_sentence(verdict), returncode=1)
        if options["head"] and not head_is_on_chain(options["head"]):
            raise CommandError(
                "抄存的链尾不在链上：链尾之前的记录被删除或改写。请用备份比对。", returncode=1
            )
        self.stdout.write(f"审计链完整：{verdict.links} 环全部相符。链尾 {chain_head()}")


def broken_sentence(verdict: ChainVerdict) -> str:
    if verdict.broken_at is not None:
        return (
            f"审计链在第 {verdict.broken_at} 环断开（共 {verdict.links} 环）："
            "该环或它的前一环被改动或删除。请停止写入并用备份比对。"
        )
    return f"有 {verdict.unlinked} 条审计记录不在链上：链的末尾被删除。请用备份比对。"
