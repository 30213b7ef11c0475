"""The page that explains the interface to people, drawn from its description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.api_problems import KINDS
from silian.registers.organisations.choices import Role, TokenScope

DEEPEST = 3


@dataclass(frozen=True, kw_only=True)
class Line:
    """One parameter or field."""

    name: str
    type: str
    required: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation as people read it."""

    anchor: str
    method: str
    path: str
    title: str
    text: str
    scope: str
    example: str
    parameters: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    answer: list[Line] = field(default_factory=list)


def may_keep_tokens(request: HttpRequest) -> bool:
    """Whether the page of tokens is open to who reads, or will be after signing in."""
    actor = getattr(request, "actor", Actor())
    return not actor.is_authenticated or actor.has_role(Role.MANAGER)


class ApiGuide(DocsBase):
    """Our own page in our own look; nothing is fetched from elsewhere."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        groups: dict[str, list[Operation]] = {}
        for tag, operation in operations(schema):
            groups.setdefault(tag, []).append(operation)
        context = {
            "api": api,
            "groups": groups,
            "scopes": TokenScope.choices,
            "problems": [(code, anchor, title) for code, (anchor, title) in KINDS.items()],
            "may_have_token": may_keep_tokens(request),
            "schema_url": self.get_openapi_url(api, kwargs),
        }
        return render(request, "portal/api.html", context)


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Every operation with its group, in the order of the description."""
    for path, methods in schema["paths"].items():
        for method, found in methods.items():
            yield found["tags"][0], operation_of(schema, path=path, method=method, found=found)


def operation_of(
    schema: dict[str, Any], *, path: str, method: str, found: dict[str, Any]
) -> Operation:
    good = next(response for status, response in found["responses"].items() if int(status) < 400)
    scopes = [scope for choice in found["security"] for names in choice.values() for scope in names]
    body = found.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        anchor=found["operationId"],
        method=method.upper(),
        path=path,
        title=found["summary"],
        text=found.get("description", ""),
        scope=scopes[0] if scopes else "",
        example=curl(method=method, path=path, scope=bool(scopes), has_body=bool(body)),
        parameters=[parameter_line(schema, item) for item in found["parameters"]],
        body=list(field_lines(schema, body.get("schema", {}))),
        answer=list(field_lines(schema, good["content"]["application/json"]["schema"])),
    )


def curl(*, method: str, path: str, scope: bool, has_body: bool) -> str:
    """The call as one types it in a terminal."""
    parts = [
        "curl",
        *(["-X", method.upper()] if method != "get" else []),
        *(['-H "Authorization: Bearer $TOKEN"'] if scope else []),
        *(["--json @body.json"] if has_body else []),
        f"{settings.SITE_URL.rstrip('/')}{path}",
    ]
    return " ".join(parts)


def parameter_line(schema: dict[str, Any], item: dict[str, Any]) -> Line:
    places = {"path": "路径", "query": "查询", "header": "请求头"}
    return Line(
        name=item["name"],
        type=f"{places[item['in']]} · {type_words(schema, item['schema'])}",
        required=item["required"],
        text=item["schema"].get("description", ""),
    )


def field_lines(
    schema: dict[str, Any], found: dict[str, Any], *, above: str = "", depth: int = 0
) -> Iterator[Line]:
    """The fields of an object, and of the objects in it."""
    found = resolved(schema, found)
    if found.get("type") == "array":
        yield from field_lines(schema, found["items"], above=f"{above}[]", depth=depth)
        return
    for name, item in found.get("properties", {}).items():
        path = f"{above}.{name}" if above else name
        yield Line(
            name=path,
            type=type_words(schema, item),
            required=name in found.get("required", []),
            text=item.get("description", ""),
        )
        if depth < DEEPEST:
            yield from field_lines(schema, item, above=path, depth=depth + 1)


def resolved(schema: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The definition behind a reference; of a choice with null, the other choice."""
    choices = [item for item in found.get("anyOf", []) if item.get("type") != "null"]
    if len(choices) == 1:
        return resolved(schema, choices[0])
    if "$ref" in found:
        definition: dict[str, Any] = schema["components"]["schemas"][found["$ref"].split("/")[-1]]
        return definition
    return found


TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是否",
    "object": "对象",
    "array": "列表",
    "null": "空",
}
FORMATS = {"date": "日期", "date-time": "时间"}


MOST_CHOICES = 9


def choice_words(choices: list[Any]) -> str:
    """A few choices by name; of many, how many there are."""
    named = [str(choice) for choice in choices if choice != ""]
    if len(named) > MOST_CHOICES:
        return f"{len(named)} 个值之一"
    return " / ".join(named)


def type_words(schema: dict[str, Any], found: dict[str, Any]) -> str:
    """The type of a field in words, with its choices when they are few."""
    if "anyOf" in found:
        return "或".join(dict.fromkeys(type_words(schema, item) for item in found["anyOf"]))
    found = resolved(schema, found)
    if "enum" in found:
        return choice_words(found["enum"])
    if found.get("type") == "array":
        return f"列表（{type_words(schema, found['items'])}）"
    word = FORMATS.get(found.get("format", ""), TYPES.get(found.get("type", ""), "任意"))
    return f"{word}，最长 {found['maxLength']}" if "maxLength" in found else word
