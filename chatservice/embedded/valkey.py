"""Our own Valkey: a password, a Unix socket, nothing on disk."""

import signal
import subprocess
from urllib.parse import quote

import redis

from chatservice.embedded import children
from chatservice.embedded.places import Places, write_private

START_S, STOP_S = 20.0, 5.0

# No persistence and no slow log: what Redis holds ends with it (threats T9).
CONFIGURATION = """\
port 0
unixsocket {socket}
unixsocketperm 700
requirepass {password}
save ""
appendonly no
daemonize no
dir {folder}
pidfile {folder}/valkey.pid
logfile ""
loglevel warning
slowlog-log-slower-than -1
enable-debug-command no
"""


class Valkey:
    """One Valkey server. Its methods are called from the main thread."""

    def __init__(self, *, places: Places, password: str) -> None:
        self._places = places
        self._password = password
        self._log = places.logs / "valkey.log"
        self._configuration = places.sockets / "valkey.conf"
        self._pid_file = places.sockets / "valkey.pid"
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for redis-py."""
        return f"unix://:{self._password}@{quote(str(self._places.sockets))}/valkey.sock?db=0"

    def start(self) -> None:
        """Bring the server up; raises CannotStart."""
        mark = self._configuration
        children.end_leftover(pid_file=self._pid_file, mark=mark, by=signal.SIGTERM, limit_s=STOP_S)
        self._write_configuration()
        self._child = children.spawn(
            [self._places.valkey, self._configuration],
            account=self._places.account,
            log=self._log,
            at_parents_death=signal.SIGTERM,
        )
        children.wait_until(self._answers, child=self._child, what="Valkey", log=self._log, limit_s=START_S)

    def stop(self) -> None:
        """End the server; what it held is gone."""
        if self._child is not None:
            children.end(self._child, by=signal.SIGTERM, limit_s=STOP_S)

    def kill(self) -> None:
        """kill -9, for fault tests."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()

    def pause(self) -> None:
        """Freeze the server, for fault tests."""
        if self._child is not None:
            self._child.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen server go on."""
        if self._child is not None:
            self._child.send_signal(signal.SIGCONT)

    def _write_configuration(self) -> None:
        folder = self._places.sockets
        text = CONFIGURATION.format(socket=folder / "valkey.sock", folder=folder, password=self._password)
        write_private(self._configuration, text, account=self._places.account)

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as link:
                return bool(link.ping())
        except redis.RedisError:
            return False
