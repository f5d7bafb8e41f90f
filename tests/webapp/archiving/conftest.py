"""Places for archives: object storage on this machine, and a database where Debian's PostGIS is installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from tests.conftest import free_port

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), Path("/nowhere"))
POSTGIS = Path("/usr/share/postgresql") / PROGRAMS.parent.name / "extension" / "postgis.control"


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """The URL of a bucket of a server that speaks the protocol of Amazon S3."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        import s3fs

        s3fs.S3FileSystem().mkdir("maps")
        yield "s3://maps"
    server.stop()


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The URL of an empty PostGIS database, whose server is started for the tests."""
    if not POSTGIS.is_file():
        pytest.skip("needs PostGIS; on Debian: apt install postgresql-15-postgis-3")
    folder = Path(tempfile.mkdtemp(prefix="clausemap-postgis-"))
    as_user: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    data, port = folder / "data", free_port()
    options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -p {port}"
    control = [*as_user, str(PROGRAMS / "pg_ctl"), "-D", str(data), "-s", "-w"]
    made = [*as_user, str(PROGRAMS / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-N"]
    try:
        subprocess.run(made, check=True, capture_output=True, cwd=folder)
        subprocess.run([*control, "-o", options, "-l", str(folder / "log"), "start"], check=True, cwd=folder)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def client() -> Iterator[Client]:
    """A cluster of one thread in this process."""
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client
