from __future__ import annotations

from django.urls import URLPattern, path

from silian.operations.placements.views import (
    apprentice_breaks,
    apprentices,
    apprenticeship_steps,
    apprenticeships,
)

ROW = "apprenticeships/<int:apprenticeship_id>/"
ONE = "apprentices/<int:apprentice_id>/"

apprenticeship_urls: list[URLPattern] = [
    path("apprenticeships/", apprenticeships.apprenticeship_list, name="apprenticeship_list"),
    path("apprenticeships/new/", apprenticeships.apprenticeship_new, name="apprenticeship_new"),
    path(ROW, apprenticeships.apprenticeship_detail, name="apprenticeship_detail"),
    path(f"{ROW}edit/", apprenticeships.apprenticeship_edit, name="apprenticeship_edit"),
    path(
        f"{ROW}rotation/", apprenticeships.apprenticeship_rotation, name="apprenticeship_rotation"
    ),
    path(f"{ROW}terms/", apprenticeships.apprenticeship_terms, name="apprenticeship_terms"),
    path(f"{ROW}submit/", apprenticeship_steps.apprenticeship_submit, name="apprenticeship_submit"),
    path(f"{ROW}file/", apprenticeship_steps.apprenticeship_file, name="apprenticeship_file"),
    path(f"{ROW}return/", apprenticeship_steps.apprenticeship_return, name="apprenticeship_return"),
    path(f"{ROW}start/", apprenticeship_steps.apprenticeship_start, name="apprenticeship_start"),
    path(
        f"{ROW}complete/",
        apprenticeship_steps.apprenticeship_complete,
        name="apprenticeship_complete",
    ),
    path(f"{ROW}stop/", apprenticeship_steps.apprenticeship_stop, name="apprenticeship_stop"),
    path(f"{ROW}apprentices/new/", apprenticeship_steps.apprentice_new, name="apprentice_new"),
    path(ONE, apprentices.apprentice_detail, name="apprentice_detail"),
    path(f"{ONE}identity/", apprentices.apprentice_identity, name="apprentice_identity"),
    path(f"{ONE}send/", apprentices.apprentice_send, name="apprentice_send"),
    path(f"{ONE}begin/", apprentices.apprentice_begin, name="apprentice_begin"),
    path(f"{ONE}month/", apprentices.apprentice_month, name="apprentice_month"),
    path(f"{ONE}exam/", apprentices.apprentice_exam, name="apprentice_exam"),
    path(f"{ONE}qualify/", apprentices.apprentice_qualify, name="apprentice_qualify"),
    path(f"{ONE}correct/", apprentices.apprentice_correct, name="apprentice_correct"),
    path(f"{ONE}breaks/new/", apprentice_breaks.break_new, name="break_new"),
    path(f"{ONE}breaks/<int:break_id>/", apprentice_breaks.break_correct, name="break_correct"),
    path(f"{ONE}end/<slug:name>/", apprentices.apprentice_end, name="apprentice_end"),
]
