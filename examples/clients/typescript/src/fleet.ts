/**
 * Fleet Runner for Node.js: a thin client over the types that `npm run generate` makes of the service's own document.
 *
 *     const fleet = new Fleet(); // FLEET_URL and FLEET_TOKEN, or new Fleet(url, token)
 *     const task = await fleet.runTask({ cmd: ["agent-task"], env: { TASK: "unit", LANG: "node" } });
 *     for await (const line of fleet.streamLogs(task)) console.log(line.text);
 *     const result = await fleet.awaitResult(task);
 *     if (result.status !== "passed") console.log(result.cause?.message, result.cause?.remedy);
 *
 * @module
 */
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { lstat, mkdir, mkdtemp, realpath, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { setTimeout as after } from "node:timers/promises";
import { promisify } from "node:util";
import createClient from "openapi-fetch";
import { events, SILENCE_MS } from "./events.js";
import type { components, paths } from "./service.js";

type Schemas = components["schemas"];
export type TaskSpec = Schemas["TaskSpec"];
export type TaskResult = Schemas["TaskResult"];
export type Task = Schemas["Task"];
export type Health = Schemas["Health"];
export type Problem = Schemas["Problem"];

/** A line of a task's log; bytes that are no UTF-8 are U+FFFD in its text. */
export interface LogLine {
  /** From 1, without gaps. */
  readonly number: number;
  readonly stream: "stdout" | "stderr" | "runner";
  /** When it came, ISO 8601. */
  readonly at: string;
  /** Its bytes, without the newline. */
  readonly data: Uint8Array;
  readonly text: string;
}

/** A refusal of the service, with its problem; or (status 0, no problem) a service that does not answer. */
export class FleetError extends Error {
  override readonly name = "FleetError";
  readonly code: Problem["code"] | undefined;
  readonly remedy: string | undefined;
  readonly retryable: boolean;
  readonly faults: NonNullable<Problem["faults"]>;

  constructor(message: string, readonly status: number, problem?: Problem, options?: ErrorOptions) {
    super(message, options);
    this.code = problem?.code;
    this.remedy = problem?.remedy ?? (status === 0 ? "start the service, or set FLEET_URL to its address" : undefined);
    this.retryable = problem?.retryable ?? status === 0;
    this.faults = problem?.faults ?? [];
  }
}

const ANSWER_MS = 60_000;
const UPLOAD_MS = 600_000;
const LONGEST_WAIT_S = 30;
const MOST_LOST = 5;

/** A service, at its address and with a token. */
export class Fleet {
  readonly #url: string;
  readonly #token: string;
  readonly #api;

  /** Without arguments FLEET_URL (else http://127.0.0.1:8080) and FLEET_TOKEN. */
  constructor(url?: string, token?: string) {
    this.#url = (url ?? process.env["FLEET_URL"] ?? "http://127.0.0.1:8080").replace(/\/+$/, "");
    this.#token = token ?? process.env["FLEET_TOKEN"] ?? "";
    this.#api = createClient<paths>({
      baseUrl: this.#url,
      fetch: (request) => this.#patiently(() => this.#fetch(request.clone())),
    });
  }

  /** Hands in a spec; the id of its task, as soon as the service will not forget it. */
  async runTask(spec: TaskSpec, options: { idempotencyKey?: string } = {}): Promise<string> {
    // With a key, a call that broke off can be repeated: the task runs once.
    const key = options.idempotencyKey ?? `node-${randomUUID()}`;
    const answer = await this.#api.POST("/api/v1/tasks", {
      body: spec,
      params: { header: { "Idempotency-Key": key } },
    });
    return got(answer).id;
  }

  /** The lines behind a number, live, until the task is over; a lost connection goes on where it was. */
  async *streamLogs(taskId: string, options: { after?: number } = {}): AsyncGenerator<LogLine, void, void> {
    let number = options.after ?? 0;
    for (let lost = 0; ; ) {
      const left = new AbortController();
      const connecting = setTimeout(() => left.abort(), SILENCE_MS);
      try {
        const headers = { Accept: "text/event-stream", "Last-Event-ID": String(number) };
        const path = `/api/v1/tasks/${encodeURIComponent(taskId)}/logs`;
        const { body } = await this.#get(path, { headers }, left.signal);
        clearTimeout(connecting);
        for await (const event of events(body as ReadableStream<Uint8Array>, left)) {
          if (event.name === "end") return;
          const line = logLine(JSON.parse(event.data) as LogRecord);
          if (line.number > number) {
            number = line.number;
            lost = 0;
            yield line;
          }
        }
        throw new Error("it ended before the log did");
      } catch (broken) {
        if (broken instanceof FleetError && broken.status !== 0) throw broken;
        if (++lost > MOST_LOST) {
          throw new FleetError(`the log's connection is lost: ${words(broken)}`, 0, undefined, { cause: broken });
        }
        await after(100 * 2 ** lost);
      } finally {
        clearTimeout(connecting);
        left.abort();
      }
    }
  }

  /** Waits for a task's result, for as long as it takes. */
  async awaitResult(taskId: string): Promise<TaskResult>;
  /** Waits for a task's result; undefined if the task is not over by then. */
  async awaitResult(taskId: string, options: { timeoutMs: number }): Promise<TaskResult | undefined>;
  async awaitResult(taskId: string, options?: { timeoutMs: number }): Promise<TaskResult | undefined> {
    const end = Date.now() + (options?.timeoutMs ?? Infinity);
    for (;;) {
      const left = Math.max(0, end - Date.now());
      const wait = Math.min(LONGEST_WAIT_S, Math.floor(left / 1000));
      const answer = await this.#api.GET("/api/v1/tasks/{id}/result", {
        params: { path: { id: taskId }, query: { wait } },
      });
      const body = got(answer);
      if ("captured" in body) return body;
      if (left === 0) return undefined;
    }
  }

  /** Copies a task's artifacts below a directory, each checked against its SHA-256; the paths written. */
  async copyArtifacts(taskId: string, directory: string): Promise<string[]> {
    const { artifacts } = got(
      await this.#api.GET("/api/v1/tasks/{id}/artifacts", { params: { path: { id: taskId } } }),
    );
    await mkdir(directory, { recursive: true });
    const root = await realpath(directory);
    const written: string[] = [];
    for (const artifact of artifacts) {
      written.push(await this.#copy(artifact, await within(root, artifact.path)));
    }
    return written;
  }

  /** Asks for a task's end; harmless when it is over. */
  async cancel(taskId: string): Promise<Task> {
    return got(await this.#api.POST("/api/v1/tasks/{id}/cancel", { params: { path: { id: taskId } } }));
  }

  /** How the service is. */
  async health(): Promise<Health> {
    return got(await this.#api.GET("/api/v1/health"));
  }

  /** Uploads a directory (packed by the program tar) or an archive (tar, tar.gz, zip); the id for a mount's source. */
  async uploadWorkspace(path: string): Promise<string> {
    if (!(await stat(path)).isDirectory()) return this.#upload(path);
    const place = await mkdtemp(join(tmpdir(), "fleet-"));
    try {
      const archive = join(place, "files.tar");
      await promisify(execFile)("tar", ["-C", path, "-cf", archive, "."]);
      return await this.#upload(archive);
    } finally {
      await rm(place, { recursive: true });
    }
  }

  async #upload(archive: string): Promise<string> {
    const request = {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: Readable.toWeb(createReadStream(archive)) as NonNullable<RequestInit["body"]>,
      duplex: "half",
    } satisfies RequestInit & { duplex: "half" };
    const answer = await this.#get("/api/v1/workspaces", request, AbortSignal.timeout(UPLOAD_MS));
    return ((await answer.json()) as Schemas["AddedWorkspace"]).id;
  }

  async #copy(artifact: Schemas["Artifact"], target: string): Promise<string> {
    await mkdir(dirname(target), { recursive: true });
    // Never half a file under its name, and never one through a link that was there.
    const part = join(dirname(target), `.fleet-${randomUUID()}`);
    try {
      const answer = await this.#patiently(() => this.#get(artifact.href, {}, AbortSignal.timeout(UPLOAD_MS)));
      const digest = createHash("sha256");
      const digesting = new Transform({
        transform(block: Uint8Array, _, done) {
          digest.update(block);
          done(null, block);
        },
      });
      const body = Readable.fromWeb(answer.body as ReadableStream);
      await pipeline(body, digesting, createWriteStream(part, { flags: "wx" }));
      if (digest.digest("hex") !== artifact.sha256) {
        throw new FleetError(`artifact ${artifact.path} came damaged; copy it again`, 0);
      }
      await rename(part, target);
      return target;
    } finally {
      await rm(part, { force: true });
    }
  }

  async #get(path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    return this.#fetch(new Request(this.#url + path, init), signal);
  }

  async #fetch(request: Request, signal: AbortSignal = AbortSignal.timeout(ANSWER_MS)): Promise<Response> {
    request.headers.set("Authorization", `Bearer ${this.#token}`);
    let answer: Response;
    try {
      answer = await fetch(request, { signal: AbortSignal.any([request.signal, signal]) });
    } catch (failure) {
      throw new FleetError(`no answer from ${this.#url}: ${words(failure)}`, 0, undefined, { cause: failure });
    }
    if (!answer.ok) throw await refused(answer);
    return answer;
  }

  /** Only for what may be repeated. */
  async #patiently(call: () => Promise<Response>): Promise<Response> {
    for (let tries = 1; ; tries++) {
      try {
        return await call();
      } catch (failure) {
        if (tries === 3 || !(failure instanceof FleetError) || failure.status !== 0) throw failure;
        await after(200 * tries);
      }
    }
  }
}

interface LogRecord {
  seq: number;
  stream: LogLine["stream"];
  ts: string;
  text?: string;
  b64?: string;
  gap?: { bytes: number; reason: string };
}

function logLine(record: LogRecord): LogLine {
  const { gap, b64 } = record;
  const text = gap ? `[${gap.bytes} bytes are missing here: ${gap.reason}]` : (record.text ?? "");
  const data = b64 === undefined ? Buffer.from(text) : Buffer.from(b64, "base64");
  return { number: record.seq, stream: record.stream, at: record.ts, data, text: data.toString() };
}

/** What is refused has been thrown by then. */
function got<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new FleetError("the service answered nothing", 0);
  return answer.data;
}

async function refused(answer: Response): Promise<FleetError> {
  const problem = (await answer.json().catch(() => undefined)) as Problem | undefined;
  const faults = (problem?.faults ?? []).map((fault) => `; ${fault.pointer}: ${fault.message}`);
  const message = problem?.detail ?? `the service answered ${answer.status}`;
  return new FleetError(message + faults.join(""), answer.status, problem);
}

function words(failure: unknown): string {
  const { message, cause } = failure as Error;
  return cause instanceof Error ? cause.message || message : message;
}

/** Where a path of the service's belongs; no way up, and none through a link that lies there. */
export async function within(root: string, path: string): Promise<string> {
  let step = root;
  for (const name of path.split("/")) {
    step = join(step, name);
    const link = await lstat(step).then((found) => found.isSymbolicLink(), () => false);
    if (name === ".." || link) {
      throw new FleetError(`artifact ${path} would be written outside ${root}`, 0);
    }
  }
  return step;
}
