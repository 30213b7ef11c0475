from __future__ import annotations

from django.urls import path

from silian.composition.portal.views import home, search, service_directory

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("today/", home.today, name="today"),
    path("todos/", home.todo_list, name="todo_list"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="search_suggestions"),
    path("help/", home.help_index, name="help"),
    path("service-organisations/", service_directory.service_directory, name="service_directory"),
]
