// Writes src/service.ts: the types of the service that FLEET_URL and FLEET_TOKEN name, by its own document.
import { mkdir, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const url = process.env.FLEET_URL ?? "http://127.0.0.1:8080";
const answer = await fetch(new URL("/q/openapi?format=json", url), {
  headers: { Authorization: `Bearer ${process.env.FLEET_TOKEN ?? ""}` },
});
if (!answer.ok) {
  console.error(`${url} answered ${answer.status}: is FLEET_TOKEN right?`);
  process.exit(1);
}
// A field with a default may be left out of a spec.
const types = astToString(await openapiTS(await answer.json(), { defaultNonNullable: false }));
const directory = new URL("src/", import.meta.url);
await mkdir(directory, { recursive: true });
await writeFile(new URL("service.ts", directory), types);
