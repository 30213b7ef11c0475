"""``silian schemes load``: bring the built-in schemes of recognition into a region."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from silian.casework.reviews.commands.schemes import load_built_in_schemes
from silian.foundation.kernel.actors import system_actor
from silian.foundation.reference.models import Division
from silian.registers.organisations.models import Organisation


class Command(BaseCommand):
    help = "认定项目：load 把内置方案载入一个地区，作为草稿"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["load"])
        parser.add_argument("--division", required=True, help="区划代码")
        parser.add_argument("--owner", required=True, type=int, help="牵头部门的单位编号")

    def handle(self, *args: Any, **options: Any) -> None:
        division = Division.objects.filter(pk=options["division"]).first()
        owner = Organisation.objects.filter(pk=options["owner"]).first()
        if division is None or owner is None:
            raise CommandError("没有这个区划或单位。")
        schemes = load_built_in_schemes(owner=owner, division=division, actor=system_actor())
        self.stdout.write(f"载入 {len(schemes)} 个认定项目草稿，请由统筹人员核对后发布。")
