from __future__ import annotations

from django.urls import path, re_path

from silian.casework.ledgers.views import (
    batches,
    funds,
    journal,
    recovery,
    spending,
    statements,
)

app_name = "ledgers"
urlpatterns = [
    path("", funds.fund_list, name="fund_list"),
    path("offices/new/", funds.office_new, name="office_new"),
    path("funds/new/", funds.fund_new, name="fund_new"),
    path("funds/<int:fund_id>/", funds.fund_detail, name="fund_detail"),
    path("funds/<int:fund_id>/lines/new/", funds.line_new, name="line_new"),
    path("lines/<int:line_id>/", funds.line_detail, name="line_detail"),
    path("lines/<int:line_id>/appropriate/", funds.line_appropriate, name="line_appropriate"),
    path("lines/<int:line_id>/reduce/", funds.line_reduce, name="line_reduce"),
    path("lines/<int:line_id>/carry/", funds.line_carry, name="line_carry"),
    path("lines/<int:line_id>/commit/", spending.commitment_new, name="commitment_new"),
    path("lines/<int:line_id>/recover/", recovery.receivable_new, name="receivable_new"),
    path("commitments/<int:commitment_id>/", spending.commitment_detail, name="commitment_detail"),
    path(
        "commitments/<int:commitment_id>/release/",
        spending.commitment_release,
        name="commitment_release",
    ),
    path("commitments/<int:commitment_id>/pay/", spending.payment_new, name="payment_new"),
    re_path(
        r"^payments/(?P<payment_id>\d+)/(?P<name>cancel|return)/$",
        spending.payment_step,
        name="payment_step",
    ),
    re_path(
        r"^payments/(?P<payment_id>\d+)/(?P<name>confirm|fail|bounce)/$",
        batches.payment_word,
        name="payment_word",
    ),
    path("payments/<int:payment_id>/retry/", spending.payment_retry, name="payment_retry"),
    path("batches/", batches.batch_list, name="batch_list"),
    path("batches/new/", batches.batch_new, name="batch_new"),
    path("batches/<int:batch_id>/", batches.batch_detail, name="batch_detail"),
    path("batches/<int:batch_id>/file/", batches.batch_file, name="batch_file"),
    path("batches/<int:batch_id>/paper/", batches.batch_paper, name="batch_paper"),
    re_path(
        r"^batches/(?P<batch_id>\d+)/(?P<name>approve|return|discard|send|finish)/$",
        batches.batch_step,
        name="batch_step",
    ),
    path("entries/", journal.entry_list, name="entry_list"),
    path("entries/<int:entry_id>/", journal.entry_detail, name="entry_detail"),
    path("entries/<int:entry_id>/reverse/", journal.entry_reverse, name="entry_reverse"),
    path("months/", journal.month_list, name="month_list"),
    re_path(
        r"^months/(?P<office_id>\d+)/(?P<month>\d{4}-\d{2})/(?P<name>close|reopen)/$",
        journal.month_step,
        name="month_step",
    ),
    path("receivables/", recovery.receivable_list, name="receivable_list"),
    path("receivables/<int:receivable_id>/", recovery.receivable_detail, name="receivable_detail"),
    path("receivables/<int:receivable_id>/plan/", recovery.receivable_plan, name="receivable_plan"),
    path(
        "receivables/<int:receivable_id>/receive/",
        recovery.receivable_receive,
        name="receivable_receive",
    ),
    path(
        "receivables/<int:receivable_id>/set-off/",
        recovery.receivable_set_off,
        name="receivable_set_off",
    ),
    path("statements/", statements.statement_list, name="statement_list"),
    path("statements/new/", statements.statement_new, name="statement_new"),
    path("statements/<int:statement_id>/", statements.statement_detail, name="statement_detail"),
    re_path(
        r"^statements/(?P<statement_id>\d+)/(?P<name>match|finish|withdraw)/$",
        statements.statement_step,
        name="statement_step",
    ),
    path(
        "statements/<int:statement_id>/rows/<int:row_id>/",
        statements.row_settle,
        name="row_settle",
    ),
]
