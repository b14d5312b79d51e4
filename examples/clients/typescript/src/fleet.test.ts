/** Tests of the client against a running service, which FLEET_URL and FLEET_TOKEN name. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, connect, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { Fleet, FleetError, type TaskSpec, within } from "./fleet.js";

const fleet = new Fleet();
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "fleet-test-"));
});
afterEach(() => rm(directory, { recursive: true }));

function script(text: string): TaskSpec {
  return { cmd: ["/bin/sh", "-c", text] };
}

async function log(from: Fleet, task: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const line of from.streamLogs(task)) texts.push(line.text);
  return texts;
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

async function refusal(call: Promise<unknown>): Promise<FleetError> {
  const failure: unknown = await call.then(() => undefined, (reason: unknown) => reason);
  assert.ok(failure instanceof FleetError, String(failure));
  return failure;
}

test("a whole round", async () => {
  const files = join(directory, "files");
  await mkdir(files);
  await writeFile(join(files, "say.sh"), "#!/bin/sh\necho hello; mkdir out; echo 42 > 'out/the answer'\n");
  await chmod(join(files, "say.sh"), 0o755);
  const source = await fleet.uploadWorkspace(files);
  const task = await fleet.runTask({
    cmd: ["/workspace/say.sh"],
    env: { LANG: "node" },
    mounts: [{ type: "workspace", source, target: "/workspace" }],
    artifacts: { paths: ["/workspace/out"] },
  });

  assert.deepEqual(await log(fleet, task), ["hello"]);
  const result = await fleet.awaitResult(task);
  const copied = await fleet.copyArtifacts(task, join(directory, "kept"));

  assert.equal(result.status, "passed");
  assert.equal(result.cause, null);
  assert.equal(result.metadata.enforced?.network, "none");
  assert.equal(result.captured.artifacts[0]?.files, 1);
  assert.equal(copied.length, 1);
  assert.equal(await readFile(join(directory, "kept/workspace/out/the answer"), "utf8"), "42\n");
  assert.deepEqual(await fleet.copyArtifacts(task, join(directory, "kept")), copied);
});

test("a failure says why", async () => {
  const result = await fleet.awaitResult(await fleet.runTask(script("exit 3")));

  assert.equal(result.exitCode, 3);
  assert.equal(result.cause?.code, "EXIT_NONZERO");
  assert.equal(result.cause.retryable, false);
});

test("a bad spec names its fields", async () => {
  // @ts-expect-error the compiler knows it too
  const refused = await refusal(fleet.runTask({ cmd: ["true"], timeouts: { overall_sec: 1 } }));

  assert.equal(refused.code, "INVALID_SPEC");
  assert.equal(refused.faults[0]?.pointer, "/timeouts/overall_sec");
  assert.match(refused.message, /\/timeouts\/overall_sec: unknown field/);
});

test("the same key is the same task", async () => {
  const idempotencyKey = `node-test-${randomUUID()}`;

  const first = await fleet.runTask(script("true"), { idempotencyKey });

  assert.equal(await fleet.runTask(script("true"), { idempotencyKey }), first);
});

test("a log goes on where its connection was cut", async () => {
  const task = await fleet.runTask(script("i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo line $i; done"));
  await fleet.awaitResult(task);
  const service = new URL(process.env["FLEET_URL"] ?? "");
  let cuts = 0;
  const wire = createServer((near) => {
    const far = connect(Number(service.port), service.hostname);
    let led = 0;
    near.on("error", () => far.destroy()).on("close", () => far.destroy()).pipe(far);
    far.on("error", () => near.destroy()).on("end", () => near.end());
    far.on("data", (block) => {
      const part = block.subarray(0, 4096 - led);
      led += part.length;
      near.write(part);
      if (led === 4096) {
        cuts++;
        near.end();
        far.destroy();
      }
    });
  });
  try {
    const lines = await log(new Fleet(await listening(wire)), task);

    assert.deepEqual(lines, Array.from({ length: 200 }, (_, index) => `line ${index + 1}`));
    assert.ok(cuts > 1);
  } finally {
    wire.close();
  }
});

test("what runs can be cancelled, and a reader may leave", async () => {
  const task = await fleet.runTask(script("echo up; sleep 300"));
  for await (const line of fleet.streamLogs(task)) {
    assert.equal(line.text, "up");
    break;
  }
  assert.equal(await fleet.awaitResult(task, { timeoutMs: 100 }), undefined);

  await fleet.cancel(task);

  assert.equal((await fleet.awaitResult(task)).status, "cancelled");
  assert.equal((await fleet.cancel(task)).cause, "CANCELLED");
});

test("bytes that are no text", async () => {
  const task = await fleet.runTask(script("printf 'a\\377b\\nc\\n'"));

  const lines = [];
  for await (const line of fleet.streamLogs(task)) lines.push(line);

  assert.deepEqual([...(lines[0]?.data ?? [])], [0x61, 0xff, 0x62]);
  assert.deepEqual(lines.map((line) => line.text), ["a\ufffdb", "c"]);
});

test("nothing is written outside", async () => {
  await symlink("..", join(directory, "up"));

  for (const path of ["../x", "a/../../x", "up/x"]) await refusal(within(directory, path));
  assert.equal(await within(directory, "a/b"), join(directory, "a/b"));
});

test("a task that is not known", async () => {
  assert.equal((await refusal(fleet.awaitResult("nothing"))).code, "NOT_FOUND");
  assert.equal((await refusal(fleet.cancel("nothing"))).code, "NOT_FOUND");
  assert.equal((await refusal(log(fleet, "nothing"))).code, "NOT_FOUND");
});

test("no service", async () => {
  const server = createServer();
  const url = await listening(server);
  await new Promise((resolve) => server.close(resolve));

  const failure = await refusal(new Fleet(url).health());

  assert.equal(failure.status, 0);
  assert.equal(failure.retryable, true);
  assert.match(failure.remedy ?? "", /FLEET_URL/);
});

test("a wrong token", async () => {
  const refused = await refusal(new Fleet(undefined, "wrong").health());

  assert.equal(refused.code, "UNAUTHORIZED");
  assert.equal((await fleet.health()).status, "healthy");
});
