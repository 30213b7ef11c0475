"""Addresses of safety training."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import training_courses as courses
from silian.operations.placements.views import training_test as test

INTERN = "internships/<int:internship_id>/training/"
COURSE = "training/courses/<int:course_id>/"
urlpatterns = [
    path("training/", courses.training_list, name="training_list"),
    path("training/settings/", courses.practice_settings, name="practice_settings"),
    path("training/courses/", courses.course_list, name="course_list"),
    path("training/courses/new/", courses.course_new, name="course_new"),
    path(COURSE, courses.course_detail, name="course_detail"),
    path(f"{COURSE}edit/", courses.course_edit, name="course_edit"),
    path(f"{COURSE}<slug:name>/", courses.course_step, name="course_step"),
    path("training/attempts/<int:attempt_id>/", test.attempt, name="attempt"),
    path(INTERN, test.training, name="training"),
    path(f"{INTERN}<int:course_id>/", test.lesson, name="lesson"),
    path(f"{INTERN}<int:course_id>/start/", test.attempt_start, name="attempt_start"),
]
