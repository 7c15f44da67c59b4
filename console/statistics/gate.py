"""Who sees statistics: makers see drafts, readers what is frozen; to others, and for other areas, no page exists."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from chatservice.accounts.models import Worker
from chatservice.reports.errors import UnknownKind, UnknownLanguage, UnknownPlace
from chatservice.statistics import life, shelf
from chatservice.statistics.errors import NotAllowed, WrongReport
from console.coordinator.shell import only
from console.middleware import OPEN, Answer, on_desk
from console.views import not_found

ABSENT: Final = (NotAllowed, WrongReport, UnknownKind, UnknownLanguage, UnknownPlace)
# All that a member of the steering group has: what is frozen, and the account itself.
READERS: Final = OPEN | {
    *("console_reports", "console_report", "console_report_file", "console_dashboards", "console_definitions"),
    *("console_api", "console_api_description", "console_api_reports", "console_api_report", "console_api_table"),
    *("console_account", "console_password", "console_language"),
}
OF_THE_ACCOUNT: Final = ("account_", "mfa_")


class ReadersGate:
    """For readers of reports every page but theirs does not exist; a page added later is shut to them too."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Answer instead of the view where a reader may not go; after sign-in they come to their reports."""
        match = request.resolver_match
        if not on_desk(request) or match is None or not isinstance(request.user, Worker) or not request.user.reader:
            return None
        name = match.url_name or ""
        if name == "console_workspace":
            return HttpResponseRedirect(reverse("console_reports"))
        if name in READERS or name.startswith(OF_THE_ACCOUNT):
            return None
        return not_found(request)


makers_only = only(life.maker, absent=ABSENT)
# Who may read what is frozen: makers and the steering group.
readers_only = only(shelf.reader, absent=ABSENT)
