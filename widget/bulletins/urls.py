"""Addresses of the bulletins: area, language, number."""

from django.urls import path

from widget.bulletins import views

urlpatterns = [
    path("bulletins/<slug:area>", views.door),
    path("bulletins/<slug:area>/<slug:language>", views.listing),
    path("bulletins/<slug:area>/<slug:language>/feed.xml", views.feed),
    path("bulletins/<slug:area>/<slug:language>/<int:number>", views.one),
]
