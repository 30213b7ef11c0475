"""``silian first_administrators``: fill the three seats of a new site, once."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError
from silian.registers.accounts.commands.accounts import AccountFacts, create_account
from silian.registers.organisations.choices import OrganisationKind, OrganisationState, Role
from silian.registers.organisations.commands.official_roles import appoint_first_administrators
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.rules import name_core, pinyin_of

SEATS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


class Command(BaseCommand):
    """Asks for three persons and the operator's name; passwords are typed, never shown or kept."""

    help = "设定首任系统、安全、审计管理员（三个不同的人），只能在新站点运行一次"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--operator", required=True, help="平台主管单位全称")
        parser.add_argument("--division", required=True, help="主管单位所在区划，6 位代码")
        for seat in SEATS:
            parser.add_argument(
                f"--{seat.value.replace('_', '-')}",
                required=True,
                metavar="登录名:姓名",
                help=seat.label,
            )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            users = {seat: self.person(seat, options[seat.value]) for seat in SEATS}
            appoint_first_administrators(
                organisation_id=self.operator(options).pk,
                user_ids=users,
                actor=system_actor(),
                today=timezone.localdate(),
            )
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write("三名管理员已设定，首次登录须设置两步验证。")

    def person(self, seat: Role, text: str) -> int:
        username, _, name = text.partition(":")
        password = getpass.getpass(f"{seat.label} {username} 的密码：")
        account = AccountFacts(name=name or username, username=username, password=password)
        return create_account(account=account, actor=system_actor()).pk

    def operator(self, options: dict[str, Any]) -> Organisation:
        name = options["operator"]
        organisation, _ = Organisation.objects.get_or_create(
            name=name,
            division_id=options["division"],
            defaults={
                "kind": OrganisationKind.GOVERNMENT,
                "state": OrganisationState.VERIFIED,
                "verified_at": timezone.now(),
                "name_pinyin": pinyin_of(name),
                "name_core": name_core(name),
            },
        )
        return organisation
