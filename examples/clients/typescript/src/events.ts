import type { ReadableStream } from "node:stream/web";

/** Two of the service's heartbeats, and some: a stream that is silent for longer is broken. */
export const SILENCE_MS = 40_000;

export interface ServerSentEvent {
  readonly name: string;
  readonly data: string;
}

/** A connection's server-sent events; what a lost one leaves of its last is passed over. Silence aborts it. */
export async function* events(
  body: ReadableStream<Uint8Array>,
  connection: AbortController,
): AsyncGenerator<ServerSentEvent, void, void> {
  const decoder = new TextDecoder();
  let watch = setTimeout(() => connection.abort(), SILENCE_MS);
  let rest = "";
  let name = "";
  let data: string[] = [];
  try {
    for await (const block of body) {
      clearTimeout(watch);
      const lines = (rest + decoder.decode(block, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const value = line.slice(line.indexOf(":") + 1).replace(/^ /, "");
        if (line === "") {
          if (data.length > 0) yield { name, data: data.join("\n") };
          name = "";
          data = [];
        } else if (line.startsWith("event:")) {
          name = value;
        } else if (line.startsWith("data:")) {
          data.push(value);
        }
      }
      // The reader's own time is no silence of the service's.
      watch = setTimeout(() => connection.abort(), SILENCE_MS);
    }
  } finally {
    clearTimeout(watch);
  }
}
