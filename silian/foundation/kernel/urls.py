from __future__ import annotations

from django.urls import path

from silian.foundation.kernel.views import audit, dead_letters, files, health, jobs, working_days

app_name = "kernel"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("files/<int:file_id>/", files.file_download, name="file_download"),
    path("files/<int:file_id>/view/", files.file_view, name="file_view"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<int:job_id>/", jobs.job_detail, name="job_detail"),
    path("jobs/<int:job_id>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("queue/", dead_letters.dead_letter_list, name="dead_letter_list"),
    path("queue/<int:queue_job_id>/", dead_letters.dead_letter_detail, name="dead_letter_detail"),
    path(
        "queue/<int:queue_job_id>/retry/",
        dead_letters.dead_letter_retry,
        name="dead_letter_retry",
    ),
    path(
        "queue/<int:queue_job_id>/discard/",
        dead_letters.dead_letter_discard,
        name="dead_letter_discard",
    ),
    path("audit/", audit.audit_list, name="audit_list"),
    path("audit/export/", audit.audit_export, name="audit_export"),
    path("working-days/", working_days.working_days, name="working_days"),
    path(
        "working-days/<int:override_id>/unset/",
        working_days.working_day_unset,
        name="working_day_unset",
    ),
]
