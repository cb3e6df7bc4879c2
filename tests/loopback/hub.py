"""The server: speaks what huggingface_hub and mirrors ask of a hub, on 127.0.0.1 only."""

import hashlib
import http
import json
import re
import socket
import socketserver
import sys
import threading
from collections.abc import Mapping
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.loopback.content import Commit, File, Kind, Repository, Weights, git_id, size
from tests.loopback.faults import Fault, Window

_API = re.compile(r"/api/(model|dataset)s/([^/]+(?:/[^/]+)?)(?:/(revision|tree|paths-info)/([^/]+))?")
_FILE = re.compile(r"/(datasets/)?([^/]+(?:/[^/]+)?)/resolve/([^/]+)/(.+)")
_DISABLED = "Access to this resource is disabled."


class Request(NamedTuple):
    """A request that came."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""


class LoopbackHub(ThreadingHTTPServer):
    """A hub that answers from memory. Use it in a `with`."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, *, delay: float = 0.0, quota: Window | None = None) -> None:
        """`delay` seconds pass before each answer."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.delay = delay
        self.quota = quota
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.repositories: dict[tuple[Kind, str], Repository] = {}
        self.renamed: dict[str, str] = {}
        self.blobs: dict[str, bytes] = {}
        """Contents that other hubs point to, by path."""
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def server_bind(self) -> None:
        """As any server; the name of this machine is not looked up."""
        socketserver.TCPServer.server_bind(self)
        self.server_port = self.socket.getsockname()[1]

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    def model(self, name: str, files: Mapping[str, File], **more: Any) -> Repository:
        """A new model with a first commit."""
        return self._add(Repository("model", name, **more), files)

    def dataset(self, name: str, files: Mapping[str, File], **more: Any) -> Repository:
        """A new data set with a first commit."""
        return self._add(Repository("dataset", name, **more), files)

    def _add(self, repository: Repository, files: Mapping[str, File]) -> Repository:
        repository.commit(files)
        self.repositories[repository.kind, repository.name] = repository
        return repository

    def take_fault(self, path: str) -> Fault | None:
        """The first fault that meets a request."""
        with self._lock:
            for fault in self.faults:
                if fault.times > 0 and re.search(fault.path, path):
                    fault.times -= 1
                    return fault
        return None

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
        # Threads of kept connections would go on answering.
        with self._lock:
            for connection in self._open:
                _end(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection, and hands it to its thread."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forgets the connection, and closes it."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of clients that go away in the middle."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Handler(BaseHTTPRequestHandler):
    server: LoopbackHub
    protocol_version = "HTTP/1.1"
    # Without these two, each answer on a kept connection stalls for 40 ms.
    disable_nagle_algorithm = True
    wbufsize = -1
    fault: Fault | None = None
    allowance: str | None = None

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_json = "json" in self.headers.get("Content-Type", "")
        paths = json.loads(body)["paths"] if is_json else parse_qs(body.decode()).get("paths", [])
        self._answer([paths] if isinstance(paths, str) else paths)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, paths: list[str] | None) -> None:
        hub = self.server
        headers = {name.lower(): value for name, value in self.headers.items()}
        hub.requests.append(Request(self.command, self.path, headers))
        self.fault, self.allowance = hub.take_fault(self.path), None
        if self.fault and self.fault.then:
            self.fault.then()
        hub.closing.wait(hub.delay + (self.fault.delay if self.fault else 0))
        if self.fault and self.fault.is_dropped:
            self.close_connection = True
            return
        if self.fault and self.fault.status:
            self._reply(self.fault.status, {"error": "a fault"})
            return
        target = urlsplit(self.path)
        if hub.quota and target.path.startswith("/api/models/"):
            is_within, self.allowance = hub.quota.take()
            if not is_within:
                self._reply(429, {"error": "too many requests"})
                return
        self._route(target.path, parse_qs(target.query), paths)

    def _route(self, path: str, query: Mapping[str, list[str]], paths: list[str] | None) -> None:
        hub = self.server
        if path in hub.blobs:
            self._reply(200, hub.blobs[path], {"ETag": '"00112233445566778899aabbccddeeff"'})
        elif path == "/api/agent-harnesses":
            self._reply(200, {"standardEnvVars": [], "harnesses": {}})
        elif match := _API.fullmatch(path):
            kind: Kind = "model" if match[1] == "model" else "dataset"
            repository = self._open_repository(kind, match[2], is_file=False)
            if repository and (commit := self._commit(repository, unquote(match[4] or "main"))):
                self._describe(repository, commit, match[3], query, paths)
        elif match := _FILE.fullmatch(path):
            repository = self._open_repository("dataset" if match[1] else "model", match[2], is_file=True)
            if repository and (commit := self._commit(repository, unquote(match[3]))):
                self._file(repository, commit, unquote(match[4]))
        else:
            self._reply(404, b"Not Found")

    def _open_repository(self, kind: Kind, name: str, *, is_file: bool) -> Repository | None:
        hub = self.server
        sent = self.headers.get("Authorization")
        repository = hub.repositories.get((kind, name))
        if name in hub.renamed:
            self._reply(307, b"", {"Location": self.path.replace(name, hub.renamed[name], 1)})
        elif repository is None or (repository.private and sent != f"Bearer {repository.token}"):
            self._error(404 if sent else 401, "RepoNotFound", "Repository not found")
        elif repository.disabled:
            self._reply(403, {"error": _DISABLED}, {"X-Error-Message": _DISABLED})
        elif repository.gated and is_file and sent != f"Bearer {repository.token}":
            self._error(403 if sent else 401, "GatedRepo", f"Access to {name} is restricted")
        else:
            return repository
        return None

    def _commit(self, repository: Repository, revision: str) -> Commit | None:
        commit = repository.find(revision)
        if commit is None:
            self._error(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        return commit

    def _describe(
        self,
        repository: Repository,
        commit: Commit,
        part: str | None,
        query: Mapping[str, list[str]],
        paths: list[str] | None,
    ) -> None:
        if part in ("tree", "paths-info"):
            listed = [name for name in commit.files if paths is None or name in paths]
            files = {name: commit.files[name] for name in listed}
            self._reply(
                200,
                [
                    {"type": "file", "path": name, "oid": git_id(file), "size": size(file)}
                    for name, file in files.items()
                ],
            )
            return
        described = repository.describe(commit, with_blobs="blobs" in query)
        if "expand" in query:
            described = {key: value for key, value in described.items() if key in ("_id", "id", *query["expand"])}
        self._reply(200, described)

    def _file(self, repository: Repository, commit: Commit, name: str) -> None:
        content = commit.files.get(name)
        headers = {"X-Repo-Commit": commit.sha}
        if content is None:
            self._reply(404, b"Entry not found", {**headers, "X-Error-Code": "EntryNotFound"})
        elif isinstance(content, Weights):
            self._reply(500, b"weights are never to be asked for")
        elif host := repository.elsewhere.get(name):
            digest = hashlib.sha256(content).hexdigest()
            linked = {"X-Linked-ETag": f'"{digest}"', "X-Linked-Size": str(len(content))}
            self._reply(302, b"", {**headers, **linked, "Location": f"{host}/blobs/{digest}"})
        else:
            self._reply(200, content, {**headers, "ETag": f'"{git_id(content)}"', "Content-Type": "text/plain"})

    def _error(self, status: int, code: str, message: str) -> None:
        self._reply(status, {"error": message}, {"X-Error-Code": code, "X-Error-Message": message})

    def _reply(self, status: int, content: object, headers: Mapping[str, str] | None = None) -> None:
        is_json = not isinstance(content, bytes)
        body = content if isinstance(content, bytes) else json.dumps(content, default=str).encode()
        fault = self.fault or Fault("")
        if fault.body is not None:
            body = fault.body
        sent: dict[str, str | None] = {"Date": formatdate(usegmt=True), "RateLimit": self.allowance}
        sent |= {"Content-Type": "application/json"} if is_json else {}
        sent |= {"Transfer-Encoding": "chunked"} if fault.is_chunked else {"Content-Length": str(len(body))}
        sent |= {**(headers or {}), **fault.headers}
        self.send_response_only(status, http.HTTPStatus(status).phrase)
        for name, value in sent.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            part = body[: len(body) // 2] if fault.is_cut else body
            self.wfile.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(part), part) if fault.is_chunked else part)
        if fault.is_cut:
            self.close_connection = True
