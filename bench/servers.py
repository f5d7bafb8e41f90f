"""What bench/serve.py measures: the service and its rivals, each a server on a port of its own that gives one layer.

The rivals have one worker with as many threads as ours, on the same server where it is Python. ``bare`` and
``with_geopandas`` are run by granian, in a process of their own.
"""

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

PLACE = "CLAUSEMAP_BENCH_LAYER"  # the file that is served
LIKE = "CLAUSEMAP_BENCH_LIKE"  # the URL whose response the bare function has
OF_SERVER = ("server", "date", "connection")
TYPE = "application/geo+json"
THREADS = 32
BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[1]
READY_S = 60.0
NGINX = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 1024; }}
http {{
  access_log off; types {{ application/geo+json geojson; }} client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi; sendfile on; keepalive_requests 1000000000;
  server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; gzip_vary on; }}
}}
"""

Respond = Callable[[Mapping[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Server:
    """A server that runs: where it has the layer, its process, and how long it took to be ready."""

    url: str
    process: "subprocess.Popen[bytes]"
    ready_s: float


def bare() -> Respond:
    """A WSGI function that does nothing else than to return our own response, headers and body."""
    with urllib.request.urlopen(_gzipped(os.environ[LIKE])) as answer:
        body, headers = answer.read(), [one for one in answer.getheaders() if one[0].lower() not in OF_SERVER]

    def respond(_: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", headers)
        return [body]

    return respond


def with_geopandas() -> Any:
    """A Flask application that reads the file and writes GeoJSON on each request."""
    import geopandas
    from flask import Flask, Response

    app, place = Flask("rival"), os.environ[PLACE]

    @app.get("/layer.geojson")
    def layer() -> Response:
        body = gzip.compress(geopandas.read_file(place).to_json(default=str).encode(), compresslevel=6)
        return Response(body, content_type=TYPE, headers={"Content-Encoding": "gzip"})

    return app


@contextmanager
def ours(path: str, port: int) -> Iterator[Server]:
    """Our service with one worker, as it is started by its users."""
    command = [str(BIN / "clausemap"), "serve", "--port", str(port)]
    with running(command, f"http://127.0.0.1:{port}{path}") as server:
        yield server


@contextmanager
def on_granian(target: str, path: str, environ: Mapping[str, str], python: Path, *, made: bool) -> Iterator[Server]:
    """A WSGI application, or what ``made`` says is a function that makes one, on granian set up as ours is."""
    port = free_port()
    options = ["--interface", "wsgi", "--http", "1", "--no-ws", "--log-level", "error", "--port", str(port)]
    options += ["--blocking-threads", str(THREADS), "--working-dir", str(ROOT), *(["--factory"] if made else [])]
    with running([str(python), "-m", "granian", *options, target], f"http://127.0.0.1:{port}{path}", environ) as server:
        yield server


@contextmanager
def pygeoapi(layer: Path, folder: Path, python: Path) -> Iterator[Server]:
    """Pygeoapi with the layer as a collection, compressing as it can."""
    config, document = folder / "pygeoapi.json", folder / "openapi.json"
    config.write_text(json.dumps(_pygeoapi_config(layer)))
    environ = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(document)}
    generate = [str(python.parent / "pygeoapi"), "openapi", "generate", str(config), "-f", "json", "-of", str(document)]
    subprocess.run(generate, env={**os.environ, **environ}, check=True, capture_output=True)
    path = "/collections/layer/items?f=json&limit=1000"
    with on_granian("pygeoapi.flask_app:APP", path, environ, python, made=False) as server:
        yield server


@contextmanager
def nginx(root: Path, path: str, folder: Path) -> Iterator[Server]:
    """Nginx on a folder with compressed files beside the others."""
    port, place = free_port(), folder / f"nginx{len(list(folder.iterdir()))}"
    place.mkdir()
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    config = place / "nginx.conf"
    config.write_text(NGINX.format(folder=place, port=port, root=root, user=user))
    with running([str(shutil.which("nginx")), "-c", str(config)], f"http://127.0.0.1:{port}{path}") as server:
        yield server


def contenders(layer: Path, published: Path, path: str, folder: Path, python: Path) -> dict[str, Any]:
    """Return what starts each server, by name; nginx is left out where there is none."""
    port = free_port()
    like = {LIKE: f"http://127.0.0.1:{port}{path}"}
    found = {
        "ours": partial(ours, path, port),
        "bare WSGI function": partial(on_granian, "bench.servers:bare", "/", like, BIN / "python", made=True),
        "pygeoapi": partial(pygeoapi, layer, folder, python),
        "Flask, read_file, to_json": partial(
            on_granian, "bench.servers:with_geopandas", "/layer.geojson", {PLACE: str(layer)}, BIN / "python", made=True
        ),
    }
    if shutil.which("nginx"):
        plain = folder / "plain"
        plain.mkdir()
        (plain / layer.name).write_bytes(layer.read_bytes())
        (plain / f"{layer.name}.gz").write_bytes(gzip.compress(layer.read_bytes(), compresslevel=9, mtime=0))
        found["nginx, plain folder"] = partial(nginx, plain, f"/{layer.name}", folder)
        found["nginx, published folder"] = partial(nginx, published, path, folder)
    return found


@contextmanager
def all_running(starts: Mapping[str, Any]) -> Iterator[dict[str, Server]]:
    """All servers at once, so that each round asks them in turn."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(start()) for name, start in starts.items()}


@contextmanager
def running(command: list[str], url: str, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server from its start until the end of the block. Raises RuntimeError where it does not get ready."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **(environ or {})}, stdout=subprocess.DEVNULL)
    try:
        while not _answers(url):
            if process.poll() is not None or time.perf_counter() - start > READY_S:
                raise RuntimeError(f"{' '.join(command)} does not get ready")
            time.sleep(0.01)
        yield Server(url, process, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def features_at(url: str) -> int:
    """How many features a server gives, compressed."""
    with urllib.request.urlopen(_gzipped(url), timeout=60) as answer:
        assert answer.headers["Content-Encoding"] == "gzip", f"{url}: not compressed"
        return len(json.loads(gzip.decompress(answer.read()))["features"])


def _gzipped(url: str) -> urllib.request.Request:
    return urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


def _pygeoapi_config(layer: Path) -> dict[str, Any]:
    """As small as pygeoapi takes it."""
    about = {"title": "Layer", "description": "Layer", "keywords": ["layer"]}
    somebody = {"name": "none", "url": "https://example.org", "email": "none@example.org"}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": 80}, "url": "http://127.0.0.1", "mimetype": "application/json",
            "encoding": "utf-8", "gzip": True, "languages": ["en-US"], "limits": {"max_items": 10_000},
            "map": {"url": "https://tiles.example.org/{z}/{x}/{y}.png", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {**about, "terms_of_service": "none", "url": "https://example.org"},
            "license": somebody, "provider": somebody, "contact": somebody,
        },
        "resources": {
            "layer": {
                "type": "collection", **about, "links": [],
                "extents": {"spatial": {"bbox": [22, 44, 41, 53]}},
                "providers": [{"type": "feature", "name": "GeoJSON", "data": str(layer), "id_field": "id"}],
            }
        },
    }  # fmt: skip
