"""Places as a Django application."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Label `places`."""

    name = "chatservice.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
