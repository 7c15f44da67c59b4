"""Addresses of the reports' pages."""

from django.urls import path

from console.statistics import api_views as api
from console.statistics import begin_views as begin
from console.statistics import dashboard_views as boards
from console.statistics import draft_views as drafts
from console.statistics import frozen_views as frozen
from console.statistics import shelf_views as shelf

urlpatterns = [
    path("statistics", shelf.listing, name="console_reports"),
    path("statistics/new/<slug:year>/<slug:plan>", begin.new, name="console_report_new"),
    path("statistics/drafts/<int:pk>", drafts.one, name="console_draft"),
    path("statistics/drafts/<int:pk>/progress", drafts.progress, name="console_draft_progress"),
    path("statistics/reports/<slug:hash>", frozen.one, name="console_report"),
    path("statistics/reports/<slug:hash>/correct", begin.correct, name="console_report_correct"),
    path("statistics/reports/<slug:hash>/<slug:kind>/<slug:language>", frozen.file, name="console_report_file"),
    path("statistics/api", api.about, name="console_api"),
    path("statistics/api/openapi.json", api.description, name="console_api_description"),
    path("statistics/api/reports", api.reports, name="console_api_reports"),
    path("statistics/api/reports/<slug:hash>", api.report, name="console_api_report"),
    path("statistics/api/reports/<slug:hash>/tables/<slug:table>", api.table, name="console_api_table"),
    path("statistics/dashboards", boards.boards, name="console_dashboards"),
    path("statistics/definitions", boards.meanings, name="console_definitions"),
]
