"""Errors as pages for people and as JSON for programs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from config import error_pages

pytestmark = pytest.mark.django_db


def test_a_missing_page_is_a_page_in_chinese(client: Client) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()


def test_a_foreign_host_gets_the_page_of_bad_requests(client: Client) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "代码 400" in answer.content.decode()


def test_a_program_gets_json(client: Client) -> None:
    answer = client.get("/api/no-such-door")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("没有找到")
    asked = client.get("/no-such-page", headers={"Accept": "application/json"})
    assert asked["Content-Type"] == "application/json"


def test_a_form_without_its_token_says_to_send_again() -> None:
    answer = Client(enforce_csrf_checks=True).post("/audit/export/")
    assert answer.status_code == 403
    assert "重新提交" in answer.content.decode()


def test_a_refusal_without_a_sentence_is_the_403_page() -> None:
    answer = error_pages.not_allowed(RequestFactory().get("/"), PermissionDenied())
    assert answer.status_code == 403
    assert "代码 403" in answer.content.decode()


def test_a_bug_is_a_page_that_needs_no_database(client: Client, monkeypatch: Any) -> None:
    from silian.foundation.kernel.views import health

    def broken() -> Any:
        raise ZeroDivisionError("secret internals")

    monkeypatch.setattr(health, "readiness", broken)
    client.raise_request_exception = False
    answer = client.get("/health/ready")
    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()
    assert "secret" not in answer.content.decode()
