"""The pages of errors: what happened, what is kept, what to do; JSON for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

SENTENCES = {
    400: "请求的格式不对，没有办理。",
    403: "您的身份不能办理这一步。",
    404: "没有找到，或您的身份看不到它。",
    500: "系统出错，这一次没有办成，没有保存改动。",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Touches neither database nor session: they may be what is broken."""
    if wants_json(request):
        return JsonResponse({"detail": SENTENCES[500]}, status=500)
    return HttpResponseServerError(render_to_string("500.html"))


def answer(request: HttpRequest, status: int) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"detail": SENTENCES[status]}, status=status)
    return render(request, f"{status}.html", status=status)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: an address of the API, or JSON before HTML."""
    if request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
