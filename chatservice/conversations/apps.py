"""The room of conversations."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """What a conversation is and who may do what in it."""

    name = "chatservice.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"
