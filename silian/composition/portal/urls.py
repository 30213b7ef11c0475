from __future__ import annotations

from django.urls import path

from silian.composition.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("todos/", views.todo_list, name="todo_list"),
    path("help/", views.help_index, name="help"),
]
