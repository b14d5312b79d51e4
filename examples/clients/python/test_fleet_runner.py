"""Tests of the client against a running service, which FLEET_URL and FLEET_TOKEN name."""

import asyncio
import os
import socket
import tempfile
import threading
import unittest
import urllib.parse
from pathlib import Path

from fleet_runner import AsyncFleet, Fleet, FleetError


def script(text, **more):
    return {"cmd": ["/bin/sh", "-c", text], **more}


class Wire:
    """Leads connections to the service, and cuts each after so many bytes of its answer; 0 for never."""

    def __init__(self, target):
        self.target = target
        self.cut_after = 0
        self.cuts = 0
        self.server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.server.getsockname()[1]

    def _accept(self):
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            far = socket.create_connection(self.target)
            threading.Thread(target=self._lead, args=(near, far, 0), daemon=True).start()
            threading.Thread(target=self._lead, args=(far, near, self.cut_after), daemon=True).start()

    def _lead(self, source, sink, most):
        led = 0
        try:
            while True:
                data = source.recv(512)
                led += len(data)
                if not data or most and led > most:
                    self.cuts += 1 if most and led > most else 0
                    break
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.server.close()


class FleetTest(unittest.TestCase):
    def setUp(self):
        self.fleet = Fleet()
        self.directory = Path(self.enterContext(tempfile.TemporaryDirectory())) if hasattr(self, "enterContext") else None
        if self.directory is None:
            holder = tempfile.TemporaryDirectory()
            self.addCleanup(holder.cleanup)
            self.directory = Path(holder.name)

    def test_a_whole_round(self):
        workspace = self.fleet.upload_workspace({"say.sh": "#!/bin/sh\necho hello; mkdir out; echo 42 > out/answer\n"})
        task = self.fleet.run_task(
            {
                "cmd": ["/workspace/say.sh"],
                "mounts": [{"type": "workspace", "source": workspace, "target": "/workspace"}],
                "artifacts": {"paths": ["/workspace/out"]},
                "labels": {"round": "whole"},
            }
        )

        lines = [(line.number, line.stream, line.text) for line in self.fleet.stream_logs(task)]
        result = self.fleet.await_result(task, timeout=60)
        copied = self.fleet.copy_artifacts(task, self.directory)

        self.assertEqual([(1, "stdout", "hello")], lines)
        self.assertEqual("passed", result["status"], result)
        self.assertEqual([self.directory.resolve() / "workspace/out/answer"], copied)
        self.assertEqual("42\n", copied[0].read_text())
        self.assertEqual([task], [found["id"] for found in self.fleet.list_tasks(label="round=whole", limit=1)])
        self.assertEqual("passed", self.fleet.get_task(task)["status"])

    def test_a_directory_is_a_workspace(self):
        (self.directory / "run").write_text("#!/bin/sh\ntest -x /workspace/run && cat /workspace/a/b\n")
        (self.directory / "run").chmod(0o755)
        (self.directory / "a").mkdir()
        (self.directory / "a/b").write_text("deep\n")
        workspace = self.fleet.upload_workspace(self.directory)

        task = self.fleet.run_task(
            {"cmd": ["/workspace/run"], "mounts": [{"type": "workspace", "source": workspace, "target": "/workspace"}]}
        )

        self.assertEqual(["deep"], [line.text for line in self.fleet.stream_logs(task)])
        again = self.fleet.rerun(task)
        self.assertEqual("passed", self.fleet.await_result(again, timeout=60)["status"])

    def test_a_bad_spec_names_its_fields(self):
        with self.assertRaises(FleetError) as refused:
            self.fleet.run_task({"cmd": ["true"], "timeouts": {"overall_sec": 1}})

        self.assertEqual("INVALID_SPEC", refused.exception.code)
        self.assertFalse(refused.exception.retryable)
        self.assertEqual("/timeouts/overall_sec", refused.exception.faults[0]["pointer"])
        self.assertIn("/timeouts/overall_sec", str(refused.exception))

    def test_the_same_key_is_the_same_task(self):
        key = "python-test-" + os.urandom(8).hex()

        first = self.fleet.run_task(script("exit 3"), idempotency_key=key)
        second = self.fleet.run_task(script("exit 3"), idempotency_key=key)

        self.assertEqual(first, second)
        self.assertEqual(3, self.fleet.await_result(first, timeout=60)["exitCode"])

    def test_a_log_goes_on_where_its_connection_was_cut(self):
        parts = urllib.parse.urlsplit(os.environ["FLEET_URL"])
        wire = Wire((parts.hostname, parts.port))
        self.addCleanup(wire.close)
        task = self.fleet.run_task(script("i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo line $i; done"))
        self.fleet.await_result(task, timeout=60)

        wire.cut_after = 4096
        lines = [line.text for line in Fleet(wire.url).stream_logs(task)]

        self.assertEqual(["line %d" % number for number in range(1, 201)], lines)
        self.assertGreater(wire.cuts, 1)

    def test_what_runs_can_be_cancelled(self):
        task = self.fleet.run_task(script("echo up; sleep 300"))
        next(self.fleet.stream_logs(task))
        with self.assertRaises(TimeoutError):
            self.fleet.await_result(task, timeout=0.1)

        self.fleet.cancel(task)

        self.assertEqual("cancelled", self.fleet.await_result(task, timeout=60)["status"])
        self.fleet.cancel(task)

    def test_bytes_that_are_no_text(self):
        task = self.fleet.run_task(script("printf 'a\\377b\\nc\\n'"))

        lines = list(self.fleet.stream_logs(task))

        self.assertEqual([b"a\xffb", b"c"], [line.data for line in lines])
        self.assertEqual("a\ufffdb", lines[0].text)

    def test_nothing_is_written_outside(self):
        with self.assertRaises(FleetError):
            self.fleet._copy({"path": "../out", "href": "/", "sha256": ""}, self.directory / "in")

        self.assertEqual([], list(self.directory.iterdir()))

    def test_no_service(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]

        with self.assertRaises(FleetError) as failure:
            Fleet("http://127.0.0.1:%d" % port).health()

        self.assertTrue(failure.exception.retryable)
        self.assertIn("FLEET_URL", failure.exception.remedy)

    def test_a_wrong_token(self):
        with self.assertRaises(FleetError) as refused:
            Fleet(token="wrong").health()

        self.assertEqual("UNAUTHORIZED", refused.exception.code)
        self.assertEqual(401, refused.exception.status)


class AsyncFleetTest(unittest.IsolatedAsyncioTestCase):
    async def test_two_tasks_at_once(self):
        fleet = AsyncFleet()
        tasks = await asyncio.gather(*(fleet.run_task(script("echo %d" % number)) for number in (1, 2)))

        texts = [[line.text async for line in fleet.stream_logs(task)] for task in tasks]
        results = await asyncio.gather(*(fleet.await_result(task, timeout=60) for task in tasks))

        self.assertEqual([["1"], ["2"]], texts)
        self.assertEqual(["passed", "passed"], [result["status"] for result in results])
        self.assertIn("status", await fleet.health())

    async def test_a_reader_may_leave(self):
        fleet = AsyncFleet()
        task = await fleet.run_task(script("while :; do echo more; sleep 0.05; done"))
        async for line in fleet.stream_logs(task):
            self.assertEqual("more", line.text)
            break

        await fleet.cancel(task)

        self.assertEqual("cancelled", (await fleet.await_result(task, timeout=60))["status"])


if __name__ == "__main__":
    unittest.main()
