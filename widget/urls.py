"""Addresses of the visitor origin. No address carries a query, a token or a code."""

from django.urls import path, re_path

from widget import views
from widget.bulletins.urls import urlpatterns as bulletins

urlpatterns = [
    path("load.js", views.loader),
    path("host-page/<slug:key>", views.host_page),
    *bulletins,
    path("<slug:key>", views.door),
    path("<slug:key>/<slug:language>", views.choice),
    path("<slug:key>/<slug:language>/<slug:channel>", views.visit),
    re_path("", views.lost),
]
