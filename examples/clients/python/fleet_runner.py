"""Fleet Runner for Python: one file, standard library only, Python 3.9 or later.

    from fleet_runner import Fleet

    fleet = Fleet()  # FLEET_URL and FLEET_TOKEN, or Fleet(url, token)
    task = fleet.run_task({"cmd": ["agent-task"], "env": {"TASK": "unit", "LANG": "python"}})
    for line in fleet.stream_logs(task):
        print(line.text)
    result = fleet.await_result(task)
    if result["status"] != "passed":
        print(result["cause"]["message"], result["cause"]["remedy"])

``AsyncFleet`` has the same methods for asyncio. Specs and results are the documents of the service, as dictionaries; the
schemas are at ``/api/v1/schema/task-spec.json`` and ``task-result.json`` of every service.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import http.client
import io
import json
import os
import queue
import tarfile
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, AsyncIterator, Dict, IO, Iterator, List, Mapping, Optional, Union

__all__ = ["AsyncFleet", "Fleet", "FleetError", "LogLine"]

Json = Dict[str, Any]
Files = Union[str, "os.PathLike[str]", Mapping[str, Union[str, bytes]]]

_WAIT_SECONDS = 30
_ANSWER_SECONDS = 60
# Two of the service's heartbeats, and some: a stream that is silent for longer is broken.
_SILENCE_SECONDS = 40
_BLOCK = 1 << 16


class FleetError(Exception):
    """A refusal of the service, or a service that does not answer.

    code: one of the service's cause codes; retryable: whether the same call may do later; faults: of a bad spec, each with
    ``pointer``, ``message`` and ``remedy``; status: of HTTP, 0 where there was no answer.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        remedy: str = "",
        retryable: bool = False,
        faults: Optional[List[Json]] = None,
        status: int = 0,
        retry_after: Optional[float] = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.remedy = remedy
        self.retryable = retryable
        self.faults = faults or []
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True)
class LogLine:
    """A line of a task's log.

    number: from 1, without gaps; stream: stdout, stderr or runner; at: when it came, ISO 8601; data: its bytes, without the
    newline.
    """

    number: int
    stream: str
    at: str
    data: bytes

    @property
    def text(self) -> str:
        """The line as text; bytes that are no UTF-8 become U+FFFD."""
        return self.data.decode("utf-8", "replace")


class Fleet:
    """A service, at its address and with a token; may be used by several threads."""

    def __init__(self, url: Optional[str] = None, token: Optional[str] = None) -> None:
        """Without arguments FLEET_URL (else http://127.0.0.1:8080) and FLEET_TOKEN."""
        self._url = (url or os.environ.get("FLEET_URL") or "http://127.0.0.1:8080").rstrip("/")
        self._token = token or os.environ.get("FLEET_TOKEN") or ""

    # The six of the contract.

    def run_task(self, spec: Json, *, idempotency_key: Optional[str] = None) -> str:
        """Hands in a spec; the id of its task, as soon as the service will not forget it.

        A call that breaks off is repeated with the same key, so the task runs once.
        """
        key = idempotency_key or "python-" + uuid.uuid4().hex
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return str(self._json("POST", "/api/v1/tasks", json.dumps(spec).encode(), headers, tries=3)["id"])

    def stream_logs(self, task_id: str, *, after: int = 0) -> Iterator[LogLine]:
        """The lines behind a number, live, until the task is over; a lost connection goes on where it was."""
        failures = 0
        while True:
            try:
                for event, number, data in self._events("/api/v1/tasks/" + _part(task_id) + "/logs", after):
                    failures = 0
                    if event == "end":
                        return
                    if number is not None and number > after:
                        after = number
                        yield _line(json.loads(data))
            except (OSError, http.client.HTTPException) as lost:
                failures += 1
                if failures > 5:
                    raise FleetError(f"the log's connection is lost: {lost}", retryable=True) from lost
                time.sleep(min(2**failures * 0.1, 3))

    def await_result(self, task_id: str, *, timeout: Optional[float] = None) -> Json:
        """Waits for a task's result; TimeoutError after so many seconds, None for as long as it takes."""
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = _WAIT_SECONDS if end is None else max(0.0, end - time.monotonic())
            path = f"/api/v1/tasks/{_part(task_id)}/result?wait={int(min(_WAIT_SECONDS, left))}"
            with self._open("GET", path, tries=3) as answer:
                body = json.load(answer)
                if answer.status == 200:
                    return dict(body)
            if end is not None and time.monotonic() >= end:
                raise TimeoutError(f"task {task_id} is {body.get('phase')} after {timeout} s")

    def copy_artifacts(self, task_id: str, directory: Union[str, "os.PathLike[str]"]) -> List[Path]:
        """Copies a task's artifacts below a directory, each checked against its SHA-256; the paths written."""
        root = Path(directory).resolve()
        listed = self._json("GET", f"/api/v1/tasks/{_part(task_id)}/artifacts", tries=3)["artifacts"]
        return [self._copy(artifact, root) for artifact in listed]

    def cancel(self, task_id: str) -> Json:
        """Asks for a task's end; harmless when it is over."""
        return self._json("POST", f"/api/v1/tasks/{_part(task_id)}/cancel", b"", tries=3)

    def health(self) -> Json:
        """How the service is."""
        return self._json("GET", "/api/v1/health")

    # What agents need besides.

    def get_task(self, task_id: str) -> Json:
        """A task's state."""
        return self._json("GET", f"/api/v1/tasks/{_part(task_id)}", tries=3)

    def list_tasks(self, **filters: Any) -> Iterator[Json]:
        """All tasks that the filters let through, newest first: status, owner, case_id, label, limit …"""
        query = {name: value for name, value in filters.items() if value is not None}
        while True:
            page = self._json("GET", "/api/v1/tasks?" + urllib.parse.urlencode(query, doseq=True), tries=3)
            yield from page["tasks"]
            if not page.get("nextCursor"):
                return
            query["cursor"] = page["nextCursor"]

    def rerun(self, task_id: str) -> str:
        """Hands the same spec in again; the id of the new task."""
        return str(self._json("POST", f"/api/v1/tasks/{_part(task_id)}/rerun", b"")["id"])

    def upload_workspace(self, files: Files) -> str:
        """Uploads a directory, an archive (tar, tar.gz, zip), or texts by path; the workspace's id for a mount's source."""
        with tempfile.TemporaryFile() as archive:
            _pack(files, archive)
            length = archive.tell()
            archive.seek(0)
            headers = {"Content-Type": "application/octet-stream", "Content-Length": str(length)}
            return str(self._json("POST", "/api/v1/workspaces", archive, headers)["id"])

    # HTTP.

    def _copy(self, artifact: Json, root: Path) -> Path:
        parts = [part for part in PurePosixPath(artifact["path"]).parts if part != "/"]
        target = root.joinpath(*parts).resolve()
        if ".." in parts or root not in target.parents:
            raise FleetError(f"artifact {artifact['path']!r} would be written outside {root}")
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with self._open("GET", artifact["href"], tries=3) as answer:
            # Never half a file under its name, and never one through a link that was there.
            with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".fleet-", delete=False) as part:
                try:
                    for block in iter(lambda: answer.read(_BLOCK), b""):
                        digest.update(block)
                        part.write(block)
                    part.close()
                    if digest.hexdigest() != artifact["sha256"]:
                        raise FleetError(f"artifact {artifact['path']} came damaged", retryable=True)
                    os.replace(part.name, target)
                except BaseException:
                    part.close()
                    os.unlink(part.name)
                    raise
        return target

    def _json(
        self,
        method: str,
        path: str,
        body: Union[None, bytes, IO[bytes]] = None,
        headers: Optional[Dict[str, str]] = None,
        tries: int = 1,
    ) -> Json:
        with self._open(method, path, body, headers, tries) as answer:
            return dict(json.load(answer))

    def _open(
        self,
        method: str,
        path: str,
        body: Union[None, bytes, IO[bytes]] = None,
        headers: Optional[Dict[str, str]] = None,
        tries: int = 1,
        silence: float = _ANSWER_SECONDS,
    ) -> Any:
        request = urllib.request.Request(self._url + path, data=body, method=method, headers=headers or {})
        if self._token:
            request.add_header("Authorization", "Bearer " + self._token)
        for attempt in range(1, tries + 1):
            try:
                return urllib.request.urlopen(request, timeout=silence)
            except urllib.error.HTTPError as refusal:
                raise _refused(refusal) from None
            except OSError as failure:
                if attempt == tries:
                    reason = getattr(failure, "reason", failure)
                    raise FleetError(
                        f"no answer from {self._url}: {reason}",
                        remedy="start the service, or set FLEET_URL to its address",
                        retryable=True,
                    ) from failure
                time.sleep(0.2 * attempt)
        raise AssertionError("unreachable")

    def _events(self, path: str, after: int) -> Iterator[Any]:
        headers = {"Accept": "text/event-stream", "Last-Event-ID": str(after)}
        with self._open("GET", path, headers=headers, silence=_SILENCE_SECONDS) as answer:
            event, number, data = "", None, []  # type: str, Optional[int], List[str]
            for raw in answer:
                line = raw.decode("utf-8").rstrip("\r\n")
                name, _, value = line.partition(":")
                value = value[1:] if value.startswith(" ") else value
                if line == "":
                    if data:
                        yield event, number, "\n".join(data)
                    event, data = "", []
                elif name == "event":
                    event = value
                elif name == "id" and value.isdigit():
                    number = int(value)
                elif name == "data":
                    data.append(value)
        raise ConnectionError("the stream ended before the log did")


class AsyncFleet:
    """The same for asyncio. Calls run in threads, so the loop is never blocked; cancelling one stops waiting for it."""

    def __init__(self, url: Optional[str] = None, token: Optional[str] = None) -> None:
        self._fleet = Fleet(url, token)

    async def run_task(self, spec: Json, *, idempotency_key: Optional[str] = None) -> str:
        return await asyncio.to_thread(self._fleet.run_task, spec, idempotency_key=idempotency_key)

    async def stream_logs(self, task_id: str, *, after: int = 0) -> AsyncIterator[LogLine]:
        lines: "queue.Queue[Any]" = queue.Queue(maxsize=1000)
        left = threading.Event()
        done = object()

        def put(item: Any) -> None:
            while not left.is_set():
                try:
                    lines.put(item, timeout=1)
                    return
                except queue.Full:
                    continue

        def read() -> None:
            try:
                for line in self._fleet.stream_logs(task_id, after=after):
                    put(line)
                    if left.is_set():
                        return
                put(done)
            except BaseException as failure:  # told to whoever reads
                put(failure)

        threading.Thread(target=read, daemon=True).start()
        try:
            while True:
                item = await asyncio.to_thread(lines.get)
                if item is done:
                    return
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            left.set()

    async def await_result(self, task_id: str, *, timeout: Optional[float] = None) -> Json:
        return await asyncio.to_thread(self._fleet.await_result, task_id, timeout=timeout)

    async def copy_artifacts(self, task_id: str, directory: Union[str, "os.PathLike[str]"]) -> List[Path]:
        return await asyncio.to_thread(self._fleet.copy_artifacts, task_id, directory)

    async def cancel(self, task_id: str) -> Json:
        return await asyncio.to_thread(self._fleet.cancel, task_id)

    async def health(self) -> Json:
        return await asyncio.to_thread(self._fleet.health)

    async def get_task(self, task_id: str) -> Json:
        return await asyncio.to_thread(self._fleet.get_task, task_id)

    async def list_tasks(self, **filters: Any) -> List[Json]:
        return await asyncio.to_thread(lambda: list(self._fleet.list_tasks(**filters)))

    async def rerun(self, task_id: str) -> str:
        return await asyncio.to_thread(self._fleet.rerun, task_id)

    async def upload_workspace(self, files: Files) -> str:
        return await asyncio.to_thread(self._fleet.upload_workspace, files)


def _part(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def _line(record: Json) -> LogLine:
    if "gap" in record:
        data = f"[{record['gap'].get('bytes', -1)} bytes are missing here: {record['gap'].get('reason')}]".encode()
    elif "b64" in record:
        data = base64.b64decode(record["b64"])
    else:
        data = record.get("text", "").encode()
    return LogLine(record["seq"], record["stream"], record["ts"], data)


def _refused(refusal: urllib.error.HTTPError) -> FleetError:
    with refusal:
        try:
            problem = json.load(refusal)
        except ValueError:
            problem = {}
    after = refusal.headers.get("Retry-After", "")
    words = problem.get("detail") or problem.get("title") or f"the service answered {refusal.code}"
    faults = problem.get("faults") or []
    if faults:
        words += ": " + "; ".join(f"{fault.get('pointer')}: {fault.get('message')}" for fault in faults)
    return FleetError(
        words,
        code=problem.get("code", ""),
        remedy=problem.get("remedy", ""),
        retryable=bool(problem.get("retryable", False)),
        faults=faults,
        status=refusal.code,
        retry_after=float(after) if after.isdigit() else None,
    )


def _pack(files: Files, archive: IO[bytes]) -> None:
    if isinstance(files, Mapping):
        with tarfile.open(fileobj=archive, mode="w") as tar:
            for path, content in sorted(files.items()):
                data = content.encode() if isinstance(content, str) else content
                entry = tarfile.TarInfo(path)
                entry.size = len(data)
                entry.mode = 0o755 if data.startswith(b"#!") else 0o644
                tar.addfile(entry, io.BytesIO(data))
        return
    source = Path(files)
    if source.is_dir():
        with tarfile.open(fileobj=archive, mode="w") as tar:
            tar.add(source, arcname=".")
        return
    with source.open("rb") as given:
        for block in iter(lambda: given.read(_BLOCK), b""):
            archive.write(block)
