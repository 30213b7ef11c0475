"""Doors of the open interface: who calls, with which scopes, how often, and how a route is made.

A module's ``api.py`` makes an ``ApiRouter`` and declares its operations with ``read`` and
``write``; the assembly above mounts it. Sessions and cookies count for nothing here.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, get_args

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.models import Query
from ninja.responses import Status
from ninja.security import HttpBearer

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.api_problems import (
    ApiProblem,
    FieldProblem,
    Problem,
)
from silian.foundation.kernel.idempotency import once
from silian.foundation.kernel.rate_limits import count_use

WINDOW_SECONDS = 60
VISITOR_USES = 60  # a person with a script; whoever needs more asks for a token
TOKEN_USES = 600  # ten a second suffices for a full copy of the hall within minutes
REFUSED_ALWAYS = (400, 401, 403, 404, 422, 429)
REFUSED_WRITES = (409, 413)


@dataclass(frozen=True, kw_only=True)
class ApiCaller:
    """Who calls (调用方): a visitor, or the organisation behind a token."""

    actor: Actor
    scopes: frozenset[str] = frozenset()
    counted_as: str


class ApiRequest(HttpRequest):
    """A request of the interface after its caller is known."""

    auth: ApiCaller
    actor: Actor
    api_limit: tuple[int, int, int]


TokenReader = Callable[..., ApiCaller | None]
READERS: list[TokenReader] = []


def register_token_reader(reader: TokenReader) -> TokenReader:
    """Say how a token becomes a caller: ``reader(secret=…, address=…)`` or None when useless."""
    READERS[:] = [reader]
    return reader


class TokenDoor(HttpBearer):
    """Lets visitors in, knows token holders, and counts both.

    ``needs`` is a scope without which nobody enters. ``widens`` is a scope with which a token
    reads what its organisation may read; without it, it reads what a visitor reads.
    """

    def __init__(self, *, needs: str = "", widens: str = "") -> None:
        super().__init__()
        self.needs = needs
        self.widens = widens

    def __call__(self, request: HttpRequest) -> ApiCaller:
        caller = self.caller_of(request)
        count(request, caller)
        if self.needs and self.needs not in caller.scopes:
            raise self.refusal(caller)
        if self.widens not in caller.scopes and not self.needs:
            caller = ApiCaller(actor=visitor(request), counted_as=caller.counted_as)
        request.actor = caller.actor  # type: ignore[attr-defined]
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> ApiCaller | None:
        """The caller behind a token."""
        address = address_of(request)
        return next(
            (found for read in READERS if (found := read(secret=token, address=address))), None
        )

    def caller_of(self, request: HttpRequest) -> ApiCaller:
        if "Authorization" not in request.headers:
            return ApiCaller(actor=visitor(request), counted_as=f"address:{address_of(request)}")
        caller = super().__call__(request)
        if caller is None:
            count(
                request,
                ApiCaller(actor=visitor(request), counted_as=f"address:{address_of(request)}"),
            )
            raise no_identity("令牌无效：可能写错、已过期、已撤销，或单位未核验、已暂停。")
        return caller

    def refusal(self, caller: ApiCaller) -> ApiProblem:
        if not caller.actor.is_authenticated:
            return no_identity("这一接口需要令牌。")
        return ApiProblem(
            403,
            f"这个令牌没有“{self.needs}”权限。请由单位管理员在“接口令牌”另建含此权限的令牌。",
        )


def no_identity(what: str) -> ApiProblem:
    cure = "请在“接口令牌”新建令牌，并放在请求头 Authorization: Bearer 之后。"
    return ApiProblem(401, f"{what}{cure}", headers={"WWW-Authenticate": "Bearer"})


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def visitor(request: HttpRequest) -> Actor:
    return Actor(address=address_of(request))


def count(request: HttpRequest, caller: ApiCaller) -> None:
    """Count one call; above the limit refuse it with the time to wait (限流)."""
    limit = VISITOR_USES if caller.counted_as.startswith("address:") else TOKEN_USES
    now = time.time()
    uses = count_use(scope="api", caller=caller.counted_as, seconds=WINDOW_SECONDS, now=now)
    wait = WINDOW_SECONDS - int(now % WINDOW_SECONDS)
    request.api_limit = (limit, max(limit - uses, 0), wait)  # type: ignore[attr-defined]
    if uses > limit:
        raise ApiProblem(
            429,
            f"每分钟最多 {limit} 次，已用完。请在 {wait} 秒后重试，大量读取请用令牌和批量接口。",
            headers={"Retry-After": str(wait)},
        )


class ApiRouter(Router):
    """A router whose operations say title, answer and scope, and refuse unknown parameters."""

    def read(
        self,
        path: str,
        *,
        name: str,
        title: str,
        text: str,
        answer: Any,
        needs: str = "",
        widens: str = "",
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a read: public, unless ``needs`` names a scope."""
        return self._operation(
            "GET", path, name, title, text, {200: answer}, TokenDoor(needs=needs, widens=widens)
        )

    def write(
        self,
        path: str,
        *,
        name: str,
        title: str,
        text: str,
        answer: Any,
        needs: str,
        method: str = "POST",
        status: int = 200,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a write; it always needs a scope."""
        answers = {status: answer} | dict.fromkeys(REFUSED_WRITES, Problem)
        return self._operation(method, path, name, title, text, answers, TokenDoor(needs=needs))

    def _operation(
        self,
        method: str,
        path: str,
        name: str,
        title: str,
        text: str,
        answers: dict[int, Any],
        door: TokenDoor,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            self.api_operation(
                [method],
                path,
                auth=door,
                response=answers | dict.fromkeys(REFUSED_ALWAYS, Problem),
                summary=title,
                description=text,
                url_name=name,
                operation_id=view.__name__,
                openapi_extra={"x-needs": door.needs},
            )(refusing_unknown_parameters(view))
            return view

        return decorate


def refusing_unknown_parameters(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse unknown query parameters: a typing error must not silently widen a search."""
    signature = inspect.signature(view, eval_str=True)
    known = frozenset(
        name for item in signature.parameters.values() for name in query_names(item.annotation)
    )

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        unknown = sorted(set(request.GET) - known)
        if unknown:
            raise ApiProblem(422, unknown_words(unknown, known), errors=unknown_fields(unknown))
        return view(request, *args, **kwargs)

    checked.__signature__ = signature  # type: ignore[attr-defined]
    return checked


def query_names(annotation: Any) -> list[str]:
    """The parameters that an annotation ``Query[Schema]`` reads from the address."""
    parts = get_args(annotation)
    is_query = any(isinstance(part, Query) for part in parts[1:])
    return list(parts[0].model_fields) if is_query else []


def unknown_words(unknown: list[str], known: frozenset[str]) -> str:
    names = "、".join(sorted(known))
    cure = f"可用的参数有：{names}。" if names else "这一接口没有查询参数。"
    return f"不认识的查询参数：{'、'.join(name[:40] for name in unknown[:5])}。{cure}请核对拼写。"


def unknown_fields(unknown: list[str]) -> list[FieldProblem]:
    return [
        FieldProblem(field=name[:40], rule="接口没有这个查询参数。", cure="请删去，或核对拼写。")
        for name in unknown[:20]
    ]


def answered_once(
    request: ApiRequest, *, key: str, given: Any, work: Callable[[], tuple[int, Schema]]
) -> Status[Any]:
    """Do the work, or repeat the answer already given for this Idempotency-Key (幂等键)."""

    def plain() -> tuple[int, Any]:
        status, answer = work()
        return status, answer.model_dump(mode="json")

    if not key:
        status, body = plain()
        return Status(status, body)
    status, body = once(
        caller=request.auth.counted_as,
        key=key,
        request={"method": request.method, "path": request.path, "given": given},
        work=plain,
    )
    return Status(status, body)
