// Calls every tool with the protocol's own client, over the transport that is given:
//   node every-tool.mjs http URL            (the token in FLEET_TOKEN)
//   node every-tool.mjs stdio COMMAND...    (the environment is handed on)
// Prints a line for each thing that held; anything else ends it with a failure.
import assert from 'node:assert/strict';
import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js';
import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';

const [kind, target, ...rest] = process.argv.slice(2);
const IMAGE = process.env.FLEET_TEST_IMAGE ?? 'localhost/fleet-runner-base:latest';

function transport() {
  return kind === 'http'
    ? new StreamableHTTPClientTransport(new URL(target), {
        requestInit: {headers: {Authorization: `Bearer ${process.env.FLEET_TOKEN}`}},
      })
    : new StdioClientTransport({command: target, args: rest, env: {...process.env}, stderr: 'inherit'});
}

async function connected() {
  const client = new Client({name: 'every-tool', version: '1'});
  await client.connect(transport());
  return client;
}

const done = (words) => console.log(`ok ${words}`);

let client = await connected();
assert.equal(client.getServerVersion().name, 'fleet-runner');
assert.match(client.getInstructions(), /upload_workspace/);
done('connect');

const lines = [];
const updates = [];
client.setNotificationHandler(LoggingMessageNotificationSchema, (told) => lines.push(told.params));
client.setNotificationHandler(ResourceUpdatedNotificationSchema, (told) => updates.push(told.params.uri));

const {tools} = await client.listTools();
assert.equal(tools.length, 11);
done('tools/list');

/** The client itself holds structured content to the tool's output schema. */
async function call(name, args, options) {
  const answer = await client.callTool({name, arguments: args}, undefined, options);
  assert.equal(answer.content[0].type, 'text');
  return {...answer.structuredContent, isError: answer.isError ?? false, text: answer.content[0].text};
}

const health = await call('health', {});
assert.equal(health.status, 'healthy');
done('health');

const uploaded = await call('upload_workspace', {files: [{path: 'in.txt', content: 'from an agent\n'}]});
assert.match(uploaded.workspace_id, /^ws-/);
done('upload_workspace');

const spec = {
  image: IMAGE,
  cmd: ['sh', '-c', 'cat in.txt; sleep 1; mkdir out; cp in.txt out/; echo gone wrong >&2; exit 3'],
  mounts: [uploaded.mount],
  artifacts: {paths: ['/workspace/out']},
  labels: {from: `every-tool-${kind}`},
};
const policy = await call('explain_policy', {spec});
assert.equal(policy.allowed, true);
done('explain_policy');

await client.subscribeResource({uri: 'task://active'});
const progress = [];
const ran = await call('run_task', {spec}, {onprogress: (told) => progress.push(told.message)});
assert.equal(ran.status, 'failed');
assert.equal(ran.exit_code, 3);
assert.equal(ran.cause.code, 'EXIT_NONZERO');
assert.match(ran.log.text, /from an agent\n/);
assert.match(ran.text, /gone wrong/);
assert.ok(progress.length > 0, 'progress was told');
assert.ok(lines.some((told) => told.data?.text?.includes('from an agent') || JSON.stringify(told).includes('from an agent')));
done('run_task, with progress and log notifications');

const id = ran.task_id;
await waitFor(() => updates.includes('task://active'));
await client.unsubscribeResource({uri: 'task://active'});
done('resources/subscribe');

const listed = await call('list_tasks', {label: [`from=every-tool-${kind}`], limit: 1});
assert.equal(listed.tasks[0].task_id, id);
done('list_tasks');

const log = await call('stream_logs', {task_id: id, stream: 'stderr'});
assert.equal(log.text.split('\n')[0], 'gone wrong');
assert.equal(log.ended, true);
done('stream_logs');

const files = await call('copy_artifacts', {task_id: id});
assert.deepEqual(files.files.map((file) => [file.path, file.content]), [['/workspace/out/in.txt', 'from an agent\n']]);
done('copy_artifacts');

const file = await call('read_artifact', {task_id: id, path: '/workspace/out/in.txt', offset: 5});
assert.equal(file.content, 'an agent\n');
done('read_artifact');

const long = await call('run_task', {spec: {image: IMAGE, cmd: ['sleep', '600']}, wait_sec: 0});
assert.equal(long.finished, false);
assert.equal(long.next[0].tool, 'await_result');
// A service that lives in the client's own process ends with its connection.
if (!process.env.FLEET_TEST_ONE_CONNECTION) {
  await client.close();
  client = await connected();
}
const cancelled = await call('cancel', {task_id: long.task_id});
assert.equal(cancelled.status, 'cancelled');
done('cancel');

assert.equal((await call('await_result', {task_id: long.task_id})).status, 'cancelled');
assert.equal((await call('get_task', {task_id: id})).exit_code, 3);
done('await_result, get_task');

const wrong = await call('get_task', {task: id});
assert.equal(wrong.isError, true);
assert.equal(wrong.error.code, 'INVALID_REQUEST');
assert.match(wrong.text, /\/task: unknown field/);
done('an error says what is wrong');

const {resources} = await client.listResources();
assert.ok(resources.some((one) => one.uri === 'schema://task-spec'));
const {resourceTemplates} = await client.listResourceTemplates();
assert.ok(resourceTemplates.some((one) => one.uriTemplate === 'task://{id}/result'));
const result = await client.readResource({uri: `task://${id}/result`});
assert.equal(JSON.parse(result.contents[0].text).exitCode, 3);
assert.equal((await client.readResource({uri: `task://${id}/log`})).contents[0].text.length, 25);
await assert.rejects(client.readResource({uri: 'task://nothing/result'}), /NOT_FOUND/);
done('resources');

const {prompts} = await client.listPrompts();
assert.equal(prompts.length, 3);
const prompt = await client.getPrompt({name: 'explain_failure', arguments: {task_id: id}});
assert.match(prompt.messages[0].content.text, new RegExp(id));
done('prompts');

await client.setLoggingLevel('error');
await client.ping();
await client.close();
done('everything');

async function waitFor(condition) {
  const end = Date.now() + 10_000;
  while (!condition()) {
    assert.ok(Date.now() < end, 'waited too long');
    await new Promise((resume) => setTimeout(resume, 20));
  }
}
