"""Addresses of bulletins and of the annual clock."""

from django.urls import path

from console.statistics import bulletin_views as bulletins
from console.statistics import clock_views as clock

urlpatterns = [
    path("bulletins", bulletins.listing, name="console_bulletins"),
    path("bulletins/new", bulletins.new, name="console_bulletin_new"),
    path("bulletins/draft/<int:pk>", bulletins.write, name="console_bulletin_draft"),
    path("bulletins/draft/<int:pk>/preview", bulletins.preview, name="console_bulletin_preview"),
    path("bulletins/<int:number>", bulletins.one, name="console_bulletin"),
    path("annual-clock", clock.listing, name="console_clock"),
    path("annual-clock/<str:year>/new", clock.new, name="console_clock_new"),
    path("annual-clock/event/<int:pk>", clock.one, name="console_clock_event"),
]
