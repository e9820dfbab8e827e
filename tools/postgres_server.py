"""Run a PostgreSQL server of one's own for tests and measurements: a fresh folder, a free port of this machine."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

__all__ = ["NoServer", "find_binaries", "run_server"]


class NoServer(RuntimeError):
    """There is no PostgreSQL server to start on this machine, and why."""


def find_binaries() -> Path:
    """Return the folder of ``initdb`` and ``postgres``; raises NoServer."""
    places = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoServer("no PostgreSQL server is installed (apt-get install postgresql)")


def _owner() -> dict[str, Any]:
    """Whom to run as: the server refuses root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL refuses to run as root, and there is no other user to run it")


@contextmanager
def run_server(*, connections: int = 200) -> Iterator[str]:
    """Start a server, give its address (``postgresql+psycopg://…``) and stop it at the end. Raises NoServer.

    It listens on 127.0.0.1 alone, with a password made for the occasion. It does not wait for the disk
    (fsync off): what is measured with it is the killing of clients, not of the machine.
    """
    binaries, owner = find_binaries(), _owner()
    folder = Path(tempfile.mkdtemp(prefix="lodeclaim-postgres-"))
    process: subprocess.Popen[bytes] | None = None
    try:
        password = secrets.token_hex(12)
        secret = folder / "password"
        secret.write_text(password)
        if owner:
            for path in (folder, secret):
                os.chown(path, owner["user"], owner["group"])
        data = folder / "data"
        make = [str(binaries / "initdb"), "-D", str(data), "-U", "lodeclaim", "--pwfile", str(secret)]
        make += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        done = subprocess.run(make, cwd=folder, capture_output=True, text=True, check=False, **owner)
        if done.returncode:
            raise NoServer(f"initdb failed: {done.stderr.strip()}")
        port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "max_connections": connections,
            "fsync": "off",
            "logging_collector": "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [str(binaries / "postgres"), "-D", str(data), *options], cwd=folder, stdout=log, stderr=log, **owner
            )
        _wait(process, port, folder / "log")
        yield f"postgresql+psycopg://lodeclaim:{password}@127.0.0.1:{port}/postgres"
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with closing(socket.socket()) as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0 and b"ready to accept" in log.read_bytes():
                return
        time.sleep(0.05)
    raise NoServer(f"the server did not start: {log.read_text(errors='replace')[-500:]}")
