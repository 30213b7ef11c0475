from __future__ import annotations

from silian.governance.accreditation.urls import guide, projects, schools

app_name = "accreditation"
urlpatterns = [*projects.urlpatterns, *schools.urlpatterns, *guide.urlpatterns]
