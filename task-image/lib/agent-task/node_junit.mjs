// Node's own JUnit reporter, with a file for each process: several runners in one task would overwrite one another's.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { junit } from 'node:test/reporters';

export default async function* perProcess(source) {
  const file = openSync(join(process.env.REPORTS, `node-${process.pid}.xml`), 'w');
  for await (const part of junit(source)) {
    writeSync(file, part);
  }
  closeSync(file);
}
