from __future__ import annotations

from silian.governance.accreditation.urls import projects

app_name = "accreditation"
urlpatterns = [*projects.urlpatterns]
