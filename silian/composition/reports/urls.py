from __future__ import annotations

from django.urls import path

from silian.composition.reports.views import bulletin, cockpit

app_name = "reports"
urlpatterns = [
    path("cockpit/", cockpit.cockpit_mine, name="cockpit_mine"),
    path("cockpit/<str:division>/", cockpit.cockpit, name="cockpit"),
    path("cockpit/<str:division>/changes/", cockpit.change_list, name="change_list"),
    path("bulletin/<str:division>/", bulletin.bulletin, name="bulletin"),
    path("bulletin/<str:division>/print.pdf", bulletin.bulletin_print, name="bulletin_print"),
    path("annual/<str:division>/", bulletin.annual_sheet, name="annual_sheet"),
]
