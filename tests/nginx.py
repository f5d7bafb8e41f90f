"""nginx with lines of the documentation, for tests of what stands behind it."""

import getpass
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import free_port, listens
from webapp.setup import ROOT


def nginx_program() -> str:
    """The path of nginx; the test is skipped where there is none."""
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not found:
        pytest.skip("no nginx; Debian's package nginx-light has it")
    return found


def front_lines(server: str, log: Path) -> str:
    """The lines that operators get, for a service at an address and with a log of nginx in a file."""
    lines = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    lines = lines.replace("server clausemap:8000;", f"server {server.removeprefix('http://')};")
    return lines.replace("/var/log/nginx/access.log", str(log))


@contextmanager
def nginx_server(lines: str, site: Path, folder: Path) -> Iterator[str]:
    """Run nginx on a free port with lines of the documentation, their folder replaced; its address."""
    program, port = nginx_program(), free_port()
    lines = lines.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/maps", str(site))
    config = folder / "nginx.conf"
    config.write_text(
        f"user {getpass.getuser()}; pid {folder}/pid; error_log {folder}/error.log; daemon off; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};\n"
        f"fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};\n{lines} }}\n"
    )
    server = subprocess.Popen([program, "-p", str(folder), "-c", str(config)])
    try:
        wait_for_port(port)
        assert server.poll() is None, (folder / "error.log").read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def wait_for_port(port: int) -> None:
    """Wait until something listens."""
    for _ in range(200):
        if listens(port):
            return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")
