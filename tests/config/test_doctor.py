"""The examination names what is wrong, why, and the cure; and passes what is right."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from config import doctor
from config.examination import Finding, database, operation, people, settings
from silian.foundation.kernel.models import SearchChange
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from tests.foundation.kernel.letters import failed_letter
from tests.world import World

pytestmark = pytest.mark.django_db


def by_title(found: Any) -> dict[str, Finding]:
    return {finding.title: finding for finding in found}


def test_every_problem_has_a_cure(world: World) -> None:
    found = list(doctor.findings())
    assert len(found) >= 30
    assert all(finding.cure for finding in found if not finding.ok)
    assert len({finding.title for finding in found}) == len(found)


def test_the_exit_status_and_the_lines_agree(capsys: Any, world: World) -> None:
    assert doctor.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("通过") for line in lines)
    problem = next(n for n, line in enumerate(lines) if line.startswith("需处理"))
    assert lines[problem + 1].strip().startswith("办法：")
    doctor.main(["--only-problems"])
    assert "通过  " not in capsys.readouterr().out


def test_sound_settings_pass(settings: Any, monkeypatch: Any) -> None:
    from config.examination import settings as questions

    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")
    monkeypatch.setenv("SILIAN_SECRET_KEY", "k" * 60)
    monkeypatch.setenv("SILIAN_FIELD_KEY", "k")
    settings.SECRET_KEY = "k" * 60
    settings.ALLOWED_HOSTS = ["silian.example", "127.0.0.1"]
    settings.SITE_URL = "https://silian.example"
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = True
    settings.TRUSTED_PROXY = True
    settings.DEMO_MODE = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.METRICS_TOKEN = "token"
    settings.SIGNING_CERTIFICATE = "/etc/silian/signing.pem"
    settings.FILE_SCANNER = "silian.foundation.kernel.scanners.ClamdScanner"
    assert not [finding for finding in questions.examine() if not finding.ok]


def test_posting_into_the_own_network_is_a_problem(settings: Any) -> None:
    from config.examination import settings as questions

    assert questions.webhooks().ok
    settings.WEBHOOK_LOOPBACK_ALLOWED = True
    assert not questions.webhooks().ok


@pytest.mark.parametrize("host", ["*", "127.0.0.1"])
def test_any_host_and_no_host_are_problems(settings: Any, host: str) -> None:
    from config.examination import settings as questions

    settings.ALLOWED_HOSTS = [host]
    assert not questions.hosts().ok


def test_a_superuser_is_a_problem_and_an_ordinary_role_is_not() -> None:
    assert not database.rights().ok
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE silian_ordinary_for_test")
        cursor.execute("SET LOCAL ROLE silian_ordinary_for_test")
        assert database.rights().ok
        cursor.execute("RESET ROLE")


def test_waiting_letters_and_a_silent_worker_are_problems() -> None:
    failed_letter()
    found = by_title(operation.examine())
    assert not found["失败的任务"].ok
    assert not found["后台进程"].ok
    assert "silian-worker" in found["后台进程"].cure


def test_one_person_with_two_administrator_roles_is_a_problem() -> None:
    assert people.separation({5: {"system_admin"}, 6: {"audit_admin"}}).ok
    found = people.separation({5: {"system_admin", "audit_admin"}, 6: {"security_admin"}})
    assert not found.ok
    assert "1 人" in found.detail


def test_a_missing_administrator_is_named(world: World) -> None:
    assert by_title(people.examine())["三员配齐"].ok
    Membership.objects.filter(role=Role.AUDIT_ADMIN).delete()
    found = by_title(people.examine())["三员配齐"]
    assert "审计管理员" in found.detail


def test_administrators_need_their_second_factor(world: World) -> None:
    assert "3 名" in by_title(people.examine())["管理员两步验证"].detail
    for role in ("system_admin", "security_admin", "audit_admin"):
        Authenticator.objects.create(
            user=world.people[role].user, type=Authenticator.Type.TOTP, data={}
        )
    assert by_title(people.examine())["管理员两步验证"].ok


def test_an_examination_that_breaks_is_a_finding(monkeypatch: Any) -> None:
    def broken() -> Any:
        raise ZeroDivisionError("x")

    broken.__module__ = "config.examination.sample"
    monkeypatch.setattr(doctor, "examinations", lambda: [broken])
    (finding,) = doctor.findings()
    assert not finding.ok
    assert "没有做完" in finding.detail


def test_the_settings_module_is_named() -> None:
    assert settings.production_settings().detail


def test_a_silent_search_cluster_is_named_with_what_waits(world: World, settings: Any) -> None:
    assert operation.search().detail == "由数据库作答"
    SearchChange.objects.create(subject="listing", object_id=1)
    settings.SEARCH_URL = "sphinxql://127.0.0.1:1?shards=127.0.0.1:2"
    found = operation.search()
    assert not found.ok
    assert found.detail == "127.0.0.1:1、127.0.0.1:2 没有应答，1 条变更待送"
