"""The open interface (开放接口): the modules' doors under one address, described by OpenAPI 3.1."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from silian.composition.portal.api.guide import ApiGuide
from silian.composition.portal.api.published import DESCRIPTION, TITLE, as_published
from silian.foundation.kernel.api_problems import (
    ApiProblem,
    problem,
    problem_of_domain_error,
    problem_of_invalid_input,
)
from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference import api as reference
from silian.operations.exchange.api import data_sets, listings, market
from silian.operations.exchange.api import (
    listing_writes as listing_writes,
)  # declares on listings.router
from silian.operations.exchange.errors import ListingHasFindings, ListingIncomplete
from silian.operations.exchange.forms.listing_api import field_problems
from silian.registers.organisations import api as organisations

VERSION = "1.0"
EVERY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class ChineseRenderer(JSONRenderer):
    """Chinese as Chinese, so that an answer can be read in a terminal."""

    json_dumps_params = {"ensure_ascii": False}


class OpenApi(NinjaAPI):
    """Our answers: limits and tags in the headers, refusals as problem details."""

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(
            request, data, status=status, temporal_response=temporal_response
        )
        say_limit(request, response)
        return response if response.status_code >= 400 else with_tag(request, response)

    def get_openapi_schema(self, **given: Any) -> Any:
        return as_published(super().get_openapi_schema(**given))


def say_limit(request: HttpRequest, response: HttpResponse) -> None:
    limit = getattr(request, "api_limit", None)
    if limit:
        names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
        for name, value in zip(names, limit, strict=True):
            response[name] = str(value)


def with_tag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a read its ETag, and answer 304 when the caller has it already."""
    if request.method != "GET":
        return response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response


api = OpenApi(
    title=TITLE,
    version=VERSION,
    description=DESCRIPTION,
    urls_namespace="api",
    docs=ApiGuide(),
    renderer=ChineseRenderer(),
    docs_decorator=login_not_required,
)
elsewhere = Router()


@elsewhere.api_operation(EVERY_METHOD, "/{path:rest}", url_name="unknown", include_in_schema=False)
def unknown_path(request: HttpRequest, rest: str) -> None:
    """Anything else under the interface's address is a refusal, not a page."""
    raise ApiProblem(404, "接口没有这个路径。请对照接口说明 /api/v1/docs 核对路径和编号。")


for router in (
    reference.router,
    organisations.router,
    listings.router,
    market.router,
    data_sets.router,
    elsewhere,
):
    api.add_router("", router)


def refused(request: HttpRequest, refusal: ApiProblem) -> HttpResponse:
    """A refusal as ``application/problem+json``."""
    body = problem(
        status=refusal.status,
        sentence=refusal.sentence,
        path=request.path[:300],
        errors=refusal.errors,
    )
    response = api.create_response(request, body, status=refusal.status)
    response["Content-Type"] = "application/problem+json"
    for name, value in refusal.headers.items():
        response[name] = value
    return response


@api.exception_handler(ApiProblem)
def on_problem(request: HttpRequest, error: ApiProblem) -> HttpResponse:
    return refused(request, error)


@api.exception_handler(DomainError)
def on_domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    return refused(request, problem_of_domain_error(error))


@api.exception_handler(ListingIncomplete)
@api.exception_handler(ListingHasFindings)
def on_listing_refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A listing that may not stand as it is: every field with its rule and cure."""
    return refused(request, ApiProblem(422, error.sentence, errors=field_problems(error)))


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return refused(request, problem_of_invalid_input(error.errors))


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refused(request, ApiProblem(404, "没有找到。请核对编号。"))


@api.exception_handler(HttpError)
def on_unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, RequestDataTooBig):
        return on_too_big(request, error.__cause__)
    return refused(
        request, ApiProblem(400, "请求体不是合法的 JSON。请用 UTF-8 编码的 JSON 重新提交。")
    )


@api.exception_handler(RequestDataTooBig)
def on_too_big(request: HttpRequest, error: Exception) -> HttpResponse:
    return refused(request, ApiProblem(413, "请求体太大。请分批提交，每批最多 500 行。"))


def open_urls() -> Any:
    """The addresses of the interface; no session is asked for, each operation asks for tokens."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)  # type: ignore[type-var]
    return patterns, app_name, namespace
