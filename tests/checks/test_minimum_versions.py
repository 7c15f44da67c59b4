"""F1: no dependency is older than the release that closed a hole this service would be open to."""

from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

MINIMUM = {
    "daphne": (4, 2, 2),  # CVE-2026-44545, CVE-2026-44546
    "django": (5, 2, 14),  # CVE-2026-5766, CVE-2026-35192 and those before
    "redis": (4, 5, 4),  # CVE-2023-28858, CVE-2023-28859
    "twisted": (26, 4),  # CVE-2024-41671, CVE-2026-42304
    "django-allauth": (65, 19, 4),  # CVE-2026-97764 and those before
}


def numbers(text: str) -> tuple[int, ...]:
    """Return a release's numbers."""
    return tuple(int(part) for part in text.split(".") if part.isdigit())


@pytest.mark.pure
@pytest.mark.parametrize("name", MINIMUM)
def test_the_installed_release_is_new_enough(name: str) -> None:
    assert numbers(version(name)) >= MINIMUM[name]


@pytest.mark.pure
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry and not entry.startswith("#")]
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


@pytest.mark.pure
def test_both_locks_hold_the_same_runtime_releases() -> None:
    def releases(lock: str) -> set[str]:
        return {line.split(" ")[0] for line in (ROOT / lock).read_text().splitlines() if "==" in line}

    assert releases("requirements.lock") <= releases("requirements-dev.lock")
