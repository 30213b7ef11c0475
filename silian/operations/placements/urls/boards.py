"""Addresses of the board, of files, batches and registers."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import (
    agreement_batches,
    board_students,
    boards,
    bulk_imports,
    lawful_share,
    practice_length,
    registers,
)

batches = agreement_batches
board_urls = [
    path("board/", boards.board, name="board"),
    path("board/students/", board_students.board_students, name="board_students"),
    path("lawful/", lawful_share.lawful_share, name="lawful_share"),
    path("lawful/<str:code>/", lawful_share.lawful_students, name="lawful_students"),
    path("practice-length/", practice_length.practice_length, name="practice_length"),
    path(
        "practice-length/<int:cohort_id>/",
        practice_length.practice_length_students,
        name="practice_length_students",
    ),
    path("board/remind/", board_students.board_remind, name="board_remind"),
    path("registers/", registers.register_export, name="register_export"),
    path("imports/", bulk_imports.bulk_import_list, name="bulk_imports"),
    path("imports/posts/", bulk_imports.bulk_import_posts, name="bulk_import_posts"),
    path(
        "imports/arrangement/",
        bulk_imports.bulk_import_arrangement,
        name="bulk_import_arrangement",
    ),
    path(
        "imports/template/<slug:kind>/",
        bulk_imports.bulk_import_template,
        name="bulk_import_template",
    ),
    path("imports/<int:import_id>/", bulk_imports.bulk_import, name="bulk_import"),
    path(
        "imports/<int:import_id>/problems/",
        bulk_imports.bulk_import_problems,
        name="bulk_import_problems",
    ),
    path("agreement-batches/", batches.agreement_batch_list, name="agreement_batches"),
    path("agreement-batches/new/", batches.agreement_batch_new, name="agreement_batch_new"),
    path("agreement-batches/start/", batches.agreement_batch_start, name="agreement_batch_start"),
    path("agreement-batches/<int:batch_id>/", batches.agreement_batch, name="agreement_batch"),
    path(
        "agreement-batches/<int:batch_id>/retry/",
        batches.agreement_batch_retry,
        name="agreement_batch_retry",
    ),
]
