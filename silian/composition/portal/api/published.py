"""The description of the interface as we publish it: problem types, scopes and plain parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from silian.registers.organisations.choices import TokenScope

TITLE = "四链开放接口"
DESCRIPTION = """\
供需信息、单位名录、分类目录、对接活动和统计的读取，以及本单位供需信息的写入。

- 公开内容不用令牌；令牌由单位管理员在“接口令牌”创建，放在 `Authorization: Bearer` 之后。
- 时间为 ISO 8601，金额为元的十进制字符串，代码一律是字符串。
- 列表用游标分页：把 `next_cursor` 作为 `cursor` 传回。
- 不认识的查询参数和字段一律拒绝，以免拼错而不自知。
- 每分钟访客 60 次、令牌 600 次；答复头 `RateLimit-*` 写明余量，超出时为 429 和 `Retry-After`。
- 读取的答复带 `ETag`，用 `If-None-Match` 询问时，没有变化为 304。
- 拒绝一律为 `application/problem+json`（RFC 9457），`errors` 写明字段、规则和改法。
"""
MEANINGS = {
    "200": "成功",
    "201": "已新建",
    "400": "请求无法读取",
    "401": "没有令牌，或令牌无效",
    "403": "令牌缺少权限，或成员角色不能办理",
    "404": "没有，或不在可见范围内",
    "409": "当前状态不能办理",
    "413": "请求太大",
    "422": "字段不合格",
    "429": "超过每分钟次数",
}
PROBLEM = "application/problem+json"
JSON = "application/json"
BEARER = "BearerToken"


def as_published(schema: dict[str, Any]) -> dict[str, Any]:
    """Complete what the framework wrote."""
    schema["servers"] = [{"url": "/"}]
    schema["components"]["securitySchemes"] = {
        BEARER: {
            "type": "http",
            "scheme": "bearer",
            "description": "；".join(f"`{code}` {label}" for code, label in TokenScope.choices),
        }
    }
    for operation in operations_of(schema):
        say_scopes(operation)
        for status, response in operation["responses"].items():
            response["description"] = MEANINGS.get(str(status), "")
            if int(status) >= 400:
                response["content"] = {PROBLEM: response["content"].pop(JSON)}
        for parameter in operation["parameters"]:
            without_null(parameter["schema"])
    return schema


def operations_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        yield from path.values()


def say_scopes(operation: dict[str, Any]) -> None:
    """Which scopes an operation needs; a public read may be asked with or without a token."""
    needs = operation.pop("x-needs", "")
    operation["security"] = [{BEARER: [needs]}] if needs else [{}, {BEARER: []}]


def without_null(schema: dict[str, Any]) -> None:
    """A parameter is given or left out, never null."""
    choices = [item for item in schema.get("anyOf", []) if item.get("type") != "null"]
    if len(choices) == 1:
        del schema["anyOf"]
        schema.update(choices[0])
        schema.pop("default", None)
