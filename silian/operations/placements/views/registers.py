"""Registers of internships that authorities and schools ask for."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.operations.placements.commands.registers import note_export
from silian.operations.placements.exports.registers import header_of, register_rows
from silian.operations.placements.forms.bulk import RegisterForm
from silian.operations.placements.permissions.boards import (
    BoardSide,
    board_rows,
    require_board,
)
from silian.operations.placements.queries.registers import register_of


@require_http_methods(["GET", "POST"])
def register_export(request: Request) -> HttpResponseBase:
    """Choose a register, say what for, take the file (实习名册)."""
    side = require_board(request.actor)
    is_authority = side is BoardSide.AUTHORITY
    form = RegisterForm(request.POST or None, may_ask_ids=is_authority)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        masked = bool(data.get("masked_id"))
        found = register_of(
            board_rows(request.actor),
            content=data["content"],
            by=data["by"],
            on=timezone.localdate(),
        )
        note_export(
            actor=request.actor,
            reason=data["reason"],
            content=data["content"],
            count=len(found),
            masked_id=masked,
        )
        return file_response(
            kind=data["kind"],
            name=f"实习名册_{timezone.localdate():%Y%m%d}",
            header=header_of(masked_id=masked),
            rows=register_rows(found, masked_id=masked, mask_names=is_authority),
        )
    status = 422 if form.errors else 200
    context = {"form": form, "is_authority": is_authority}
    return render(request, "placements/bulk/register.html", context, status=status)
