"""Our own PostgreSQL: made once, started under a parent-death signal, silent about what it is asked."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from chatservice.embedded import children
from chatservice.embedded.errors import CannotStart
from chatservice.embedded.places import Places, write_private

DATABASE = "kuulolla"
SUPERUSER, OWNER, WEB, APPLICATION = "postgres", "kuulolla_owner", "kuulolla_web", "kuulolla_app"
START_S, STOP_S, AGAIN_S = 60.0, 20.0, 0.5
ATTEMPTS_AFTER_CRASH = 6
STATE_LINE = 8
SOCKET_LOCK = ".s.PGSQL.5432.lock"
SHUTDOWN = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}

# Durability as in production, and no line that could repeat a statement or a value (threats M16).
CONFIGURATION = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_statement": "none",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "idle_in_transaction_session_timeout": "30s",
}
ACCESS = "local all all scram-sha-256\n"


class Postgres:
    """One PostgreSQL server. Its methods are called from the main thread."""

    def __init__(self, *, places: Places, passwords: dict[str, str]) -> None:
        self._places = places
        self._passwords = passwords
        self._log = places.logs / "postgres.log"
        self._child: subprocess.Popen[bytes] | None = None

    def url(self, user: str, *, database: str = DATABASE) -> str:
        """Return the libpq address for one of the roles."""
        folder = quote(str(self._places.sockets), safe="")
        return f"postgresql://{user}:{self._passwords[user]}@/{database}?host={folder}"

    def start(self) -> None:
        """Bring the server up, making its data and roles where they are missing; raises CannotStart."""
        data = self._places.data
        crashed = (data / "postmaster.pid").exists()
        children.end_leftover(pid_file=data / "postmaster.pid", mark=data, by=SHUTDOWN["fast"], limit_s=STOP_S)
        # It names a pid that a stranger, or a zombie, may hold by now; that no server of ours runs is certain here.
        (self._places.sockets / SOCKET_LOCK).unlink(missing_ok=True)
        if not (data / "PG_VERSION").exists():
            self._make_data()
        self._write_configuration()
        self._launch(attempts=ATTEMPTS_AFTER_CRASH if crashed else 1)
        self._ensure_roles()

    def stop(self, *, mode: str = "fast") -> None:
        """End the server: fast (clean), smart (waits for clients) or immediate (as a crash)."""
        if self._child is not None:
            children.end(self._child, by=SHUTDOWN[mode], limit_s=STOP_S)

    def restart(self, *, mode: str = "fast") -> None:
        """End and start again."""
        self.stop(mode=mode)
        self.start()

    def kill(self) -> None:
        """kill -9, for fault tests."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()

    def pause(self) -> None:
        """Freeze the server and every connection's process, for fault tests (Linux)."""
        if self._child is not None:
            for pid in children.family(self._child.pid):
                os.kill(pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen server go on."""
        if self._child is not None:
            for pid in children.family(self._child.pid):
                os.kill(pid, signal.SIGCONT)

    def _launch(self, *, attempts: int) -> None:
        """Start the program; after a crash again, since the old one's connections may hold its memory for a moment."""
        for left in reversed(range(attempts)):
            self._child = children.spawn(
                [self._places.postgres / "postgres", "-D", self._places.data],
                account=self._places.account,
                log=self._log,
                at_parents_death=SHUTDOWN["fast"],
            )
            try:
                children.wait_until(self._answers, child=self._child, what="PostgreSQL", log=self._log, limit_s=START_S)
            except CannotStart:
                if not left:
                    raise
                time.sleep(AGAIN_S)
            else:
                return

    def _make_data(self) -> None:
        """Run initdb; what a broken-off one left behind is made anew."""
        secret = self._places.sockets / "first-password"
        write_private(secret, self._passwords[SUPERUSER], account=self._places.account)
        program, data = self._places.postgres / "initdb", self._places.data
        empty(data)
        options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--username", SUPERUSER]
        made = subprocess.run(
            [program, "-D", data, *options, "--pwfile", secret],
            env=children.ENVIRONMENT,
            cwd="/",
            check=False,
            capture_output=True,
            text=True,
            **children.identity(self._places.account),
        )
        secret.unlink()
        if made.returncode:
            empty(data)
            raise CannotStart(f"PostgreSQL's data could not be made: {made.stderr.strip().splitlines()[-1:]}")

    def _write_configuration(self) -> None:
        lines = {**CONFIGURATION, "unix_socket_directories": str(self._places.sockets)}
        data = self._places.data
        written = "".join(f"{name} = '{value}'\n" for name, value in lines.items())
        (data / "postgresql.conf").write_text(written)
        (data / "pg_hba.conf").write_text(ACCESS)

    def _answers(self) -> bool:
        """Read the state that the server writes as the eighth line of its pid file."""
        try:
            lines = (self._places.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= STATE_LINE and lines[STATE_LINE - 1].strip() == "ready"

    def _ensure_roles(self) -> None:
        """The owner of the tables, the group that holds the grants, and the service's login in that group."""
        with psycopg.connect(self.url(SUPERUSER, database="postgres"), autocommit=True) as link:
            if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                return
            for role, rights in ((APPLICATION, "NOLOGIN"), (OWNER, "LOGIN"), (WEB, "LOGIN")):
                link.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
                link.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(rights)))
            for role in (OWNER, WEB):
                password = sql.Literal(self._passwords[role])
                link.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), password))
            link.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(WEB)))
            link.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def empty(folder: Path) -> None:
    """Remove what a broken-off initdb left in the data folder."""
    for part in folder.iterdir():
        shutil.rmtree(part) if part.is_dir() else part.unlink()
