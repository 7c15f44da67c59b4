"""Contacts that an area adds to the service's own list, or puts in the place of one of them."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import Q

from chatservice.hours.models import refuse_what_is_no_hours
from chatservice.hours.rules import LONGEST
from chatservice.places.models import SLUG, Area, valid_slug

AUDIENCES = ("", "youth", "parent")
KINDS = ("phone", "web")
# What a telephone dials, or an https address: nothing that could run in a page.
TARGET = r"(\+?[0-9][0-9 ]{1,19}|https://[A-Za-z0-9.-]+(/[A-Za-z0-9._~%/?=&+-]*)?)"

valid_target = RegexValidator(rf"\A{TARGET}\Z", "Write a telephone number, or an address that starts with https://.")


class AreaContact(models.Model):
    """A contact of an area. With the key of a contact of the common list it stands in that one's place."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="contacts")
    key = models.CharField(max_length=50, validators=[valid_slug])
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    target = models.CharField(max_length=200, validators=[valid_target])
    audience = models.CharField(max_length=10, blank=True)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    note_fi = models.CharField(max_length=200, blank=True)
    note_sv = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=200, blank=True)
    hours = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST), refuse_what_is_no_hours])
    checked_on = models.DateField()
    hidden = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "key"], name="contact_once"),
            models.CheckConstraint(condition=Q(key__regex=f"^{SLUG}$"), name="contact_key"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="contact_kind"),
            models.CheckConstraint(condition=Q(audience__in=AUDIENCES), name="contact_audience"),
            models.CheckConstraint(condition=Q(target__regex=f"^{TARGET}$"), name="contact_target"),
        )

    def __str__(self) -> str:
        return self.key
