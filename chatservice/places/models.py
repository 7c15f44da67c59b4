"""Where a conversation belongs: the organisation's area and what lies in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Regex

LANGUAGES = ("fi", "sv", "en")
CHANNELS = ("youth", "parent")
KEY_CHARACTERS = 50
# What the visitor's origin uses itself: an entrance of such a name could not be reached.
RESERVED_KEYS = ("bulletins", "healthz", "host-page", "readyz", "socket", "static")
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
# scheme://host[:port] exactly as browsers write an origin: lower case, no path, no user.

ORIGIN = r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?"

valid_slug = RegexValidator(rf"\A{SLUG}\Z", "Use small letters, digits and single hyphens.")
valid_origin = RegexValidator(rf"\A{ORIGIN}\Z", "Write an origin as https://host or https://host:port.")


class Area(models.Model):
    """An organisation whose professionals serve its own conversations only."""

    slug = models.CharField(max_length=50, unique=True, validators=[valid_slug])
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(slug__regex=f"^{SLUG}$"), name="area_slug"),)

    def __str__(self) -> str:
        return self.slug


class Municipality(models.Model):
    """A municipality of an area; `code` is its three-digit national number."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="municipalities")
    code = models.CharField(max_length=3, validators=[RegexValidator(r"\A[0-9]{3}\Z")])
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "code"], name="municipality_code_once"),
            models.CheckConstraint(condition=Q(code__regex="^[0-9]{3}$"), name="municipality_code"),
        )

    def __str__(self) -> str:
        return self.code


class School(models.Model):
    """A school of a municipality, known by its own name."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="schools")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="schools")
    name = models.CharField(max_length=160)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "municipality", "name"], name="school_name_once"),)

    def __str__(self) -> str:
        return self.name


def default_languages() -> list[str]:
    """Every language; named by the migration."""
    return list(LANGUAGES)


def default_channels() -> list[str]:
    """Every channel; named by the migration."""
    return list(CHANNELS)


class Host(models.Model):
    """An entry to the chat: a page of its own, and the origins that may embed it."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="hosts")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="hosts"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="hosts")
    key = models.CharField(max_length=KEY_CHARACTERS, unique=True, validators=[valid_slug])
    name = models.CharField(max_length=160)
    origins = ArrayField(models.CharField(max_length=255, validators=[valid_origin]), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=2), default=default_languages)
    channels = ArrayField(models.CharField(max_length=10), default=default_channels)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(key__regex=f"^{SLUG}$"), name="host_key"),
            models.CheckConstraint(
                condition=~Q(key__in=RESERVED_KEYS),
                name="host_key_free",
                violation_error_message="The service uses this name itself: choose another key for the entrance.",
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=list(LANGUAGES), languages__len__gte=1),
                name="host_languages",
            ),
            models.CheckConstraint(
                condition=Q(channels__contained_by=list(CHANNELS), channels__len__gte=1),
                name="host_channels",
            ),
            models.CheckConstraint(
                condition=Regex(
                    Func(F("origins"), Value(" "), function="array_to_string", output_field=models.TextField()),
                    Value(rf"^({ORIGIN}( {ORIGIN})*)?$"),
                ),
                name="host_origins",
            ),
        )

    def __str__(self) -> str:
        return self.key


class Stage(models.TextChoices):
    """The school stages whose days differ."""

    PRE_PRIMARY = "pre_primary"
    BASIC = "basic"
    UPPER = "upper"
    VOCATIONAL = "vocational"


class BreakKind(models.TextChoices):
    """Breaks that have a name in every language; of another kind the label is the name."""

    AUTUMN = "autumn"
    CHRISTMAS = "christmas"
    WINTER = "winter"
    EASTER = "easter"
    SUMMER = "summer"
    OTHER = "other"


class SchoolCalendar(models.Model):
    """A break, its last day included, of a municipality's schools; without a municipality, of the whole area's."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="school_calendar")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="school_calendar"
    )
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.BASIC)
    first = models.DateField()
    last = models.DateField()
    kind = models.CharField(max_length=12, choices=BreakKind.choices)
    label = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="school_calendar_first_before_last"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="school_calendar_stage"),
            models.CheckConstraint(condition=Q(kind__in=BreakKind.values), name="school_calendar_kind"),
            models.CheckConstraint(
                condition=~Q(kind=BreakKind.OTHER) | ~Q(label=""), name="school_calendar_other_is_named"
            ),
        )
        indexes = (models.Index(fields=["area", "stage", "first"], name="school_calendar_by_area"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.first}"
