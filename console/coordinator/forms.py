"""A form of these pages: errors beside the field, the first wrong one focused, and a told conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from chatservice.places.errors import StaleEdit


class DeskForm(forms.Form):
    """`version` is that of the row the page showed; 0 where there was none."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.met: list[tuple[str, str]] = []
        self.stale = False
        self.settle()

    def settle(self) -> None:
        """Choices that depend on the request; for those who inherit."""

    @property
    def seen(self) -> int:
        """The version that the page showed."""
        return self.cleaned_data.get("version") or 0

    def refuse(self, error: ValidationError) -> None:
        """Put what the core refused beside its field; what belongs to no field here goes on top."""
        found = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in found.items():
            self.add_error(name if name in self.fields else None, errors)

    def conflict(self, fresh: Mapping[str, Any]) -> None:
        """Somebody else was faster: tell what is there now, and let the next save stand on it."""
        self.stale = True
        self.met = [
            (str(bound.label), _shown(bound, fresh[bound.name]))
            for bound in self.visible_fields()
            if bound.name in fresh and _plain(fresh[bound.name]) != _plain(self.cleaned_data.get(bound.name))
        ]
        self.resend(version=str(fresh.get("version", 0)))

    def resend(self, **hidden: str) -> None:
        """Send other hidden values with the next save than with this one."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        for name, value in hidden.items():
            data[name] = value
        self.data = data

    def focus_first_problem(self) -> None:
        """The cursor stands in the first field that is wrong."""
        for bound in self.visible_fields():
            if bound.errors:
                bound.field.widget.attrs["autofocus"] = True
                return

    def problems(self) -> list[tuple[str, str, str]]:
        """(id, label, text) of each wrong field, for the summary."""
        return [
            (bound.id_for_label or bound.auto_id, str(bound.label), str(text))
            for bound in self.visible_fields()
            for text in bound.errors
        ]


def attempt(form: DeskForm, *, save: Callable[[], object], fresh: Callable[[], Mapping[str, Any]]) -> bool:
    """Whether the save stood; else the form tells why. The caller gives back 409 when it is stale."""
    if not form.is_valid():
        form.focus_first_problem()
        return False
    try:
        save()
    except ValidationError as error:
        form.refuse(error)
        form.focus_first_problem()
    except StaleEdit:
        form.conflict(fresh())
    else:
        return True
    return False


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | set):
        return sorted(str(each) for each in value)
    return "" if value in {None, False} else str(value)


def _shown(bound: BoundField, value: Any) -> str:
    choices: Iterable[Any] = getattr(bound.field, "choices", ())
    names = {str(key): str(name) for key, name in choices}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(names.get(str(each), str(each)) for each in values if each not in {None, ""}) or "–"
