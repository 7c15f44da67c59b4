"""The face as Django knows it."""

from django.apps import AppConfig


class WidgetConfig(AppConfig):
    """No models: a face decodes, calls one service, encodes."""

    name = "widget"
    label = "widget"
