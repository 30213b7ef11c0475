from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from silian.registers.credit.views import batches, cases, records, reports


class RecordStep(StringConverter):
    regex = "return|revoke"


class RemedyWord(StringConverter):
    regex = "objection|repair"


register_converter(RecordStep, "credit_record_step")
register_converter(RemedyWord, "credit_remedy")

app_name = "credit"
urlpatterns = [
    path("", records.own_credit, name="own"),
    path("public/", records.public_list, name="public_list"),
    path("catalogue/", records.item_list, name="item_list"),
    path("catalogue/new/", records.item_new, name="item_new"),
    path("catalogue/<int:item_id>/open/", records.item_open, name="item_open"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/new/", cases.case_new, name="case_new"),
    path("cases/<int:case_id>/", cases.case_detail, name="case_detail"),
    path("cases/<int:case_id>/record/", records.record_of_case, name="record_of_case"),
    path("cases/<int:case_id>/<slug:name>/", cases.case_step, name="case_step"),
    path("records/", records.record_list, name="record_list"),
    path("records/new/", records.record_new, name="record_new"),
    path("records/<int:record_id>/", records.record_detail, name="record_detail"),
    path("records/<int:record_id>/confirm/", records.record_confirm, name="record_confirm"),
    path(
        "records/<int:record_id>/<credit_record_step:name>/",
        records.record_step,
        name="record_step",
    ),
    path(
        "records/<int:record_id>/<credit_remedy:kind>/new/", records.remedy_new, name="remedy_new"
    ),
    path("reports/issue/", reports.report_issue, name="report_issue"),
    path("reports/check/", reports.report_check, name="report_check"),
    path("reports/check/<slug:code>/", reports.report_check_code, name="report_check_code"),
    path("batches/", batches.batch_list, name="batch_list"),
    path("batches/make/", batches.batch_make, name="batch_make"),
    path("batches/<int:batch_id>/", batches.batch_detail, name="batch_detail"),
    path("batches/<int:batch_id>/receipt/", batches.batch_receipt, name="batch_receipt"),
    path("batches/<int:batch_id>/<slug:kind>/", batches.batch_file, name="batch_file"),
    path("remedies/<int:remedy_id>/", records.remedy_answer, name="remedy_answer"),
]
