from __future__ import annotations

from django.urls import path

from silian.composition.portal.views import home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("today/", home.today, name="today"),
    path("todos/", home.todo_list, name="todo_list"),
    path("help/", home.help_index, name="help"),
]
