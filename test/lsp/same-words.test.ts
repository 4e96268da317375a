/** Editor and command line say the same of broken files, too: words, places, related places. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { it } from 'node:test';
import {
  createConnection,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { startServer } from '../../server/lsp/server.ts';
import { nodeEnvironment } from '../../server/node/files.ts';
import { ClientFiles } from '../../server/virtual/client-files.ts';
import { MISTAKES } from '../cli/mistakes.ts';
import { drugRules, folder, json, type ProblemJson } from '../cli/support.ts';

const SEVERITIES = ['', 'error', 'warning', 'information', 'hint'];
interface Related {
  readonly related: readonly {
    readonly message: string;
    readonly at: { readonly file: string; readonly line: number; readonly column: number };
  }[];
}

it('editor and command line say the same of broken files, read from disk', async (t) => {
  const mistakes = Object.entries(MISTAKES).map(
    ([name, [content]]) => [`${name}.encounter.yaml`, content] as const,
  );
  const rules = drugRules();
  const cwd = folder(t, {
    ...Object.fromEntries(mistakes),
    ...rules,
    'specs/twin.spec.yaml': (rules['specs/cpt-96365.spec.yaml'] ?? '').replaceAll('96365', '96399'),
    'specs/again.spec.yaml': rules['specs/cpt-96366.spec.yaml'] ?? '',
  });
  const { problems } = await json<{ problems: readonly (ProblemJson & Related)[] }>(
    1,
    ['check', '.', '--no-library'],
    { cwd },
  );
  const root = pathToFileURL(cwd).toString();
  const shown = (await workspaceDiagnostics(root)).filter(
    ({ diagnostic }) => diagnostic.code !== 'billing-lines',
  );
  const place = (uri: string, { line, character }: { line: number; character: number }): string =>
    `${uri.replace(`${root}/`, '')}:${String(line + 1)}:${String(character + 1)}`;
  const inEditor = shown.map(
    ({ uri, diagnostic: { range, severity, code, message, relatedInformation = [] } }) => ({
      at: place(uri, range.start),
      end: place(uri, range.end),
      what: `${SEVERITIES[severity ?? 0] ?? ''} ${String(code)} ${messageOf(message)}`,
      related: relatedInformation.map(
        (one) => `${place(one.location.uri, one.location.range.start)} ${one.message}`,
      ),
    }),
  );
  const onCommandLine = problems.map(({ at, endLine, endColumn, severity, rule, message, related }) => ({
    at: `${at.file}:${String(at.line)}:${String(at.column)}`,
    end: `${at.file}:${String(endLine)}:${String(endColumn)}`,
    what: `${severity} ${rule} ${message}`,
    related: related.map(
      (one) => `${one.at.file}:${String(one.at.line)}:${String(one.at.column)} ${one.message}`,
    ),
  }));
  assert.ok(onCommandLine.length > mistakes.length);
  assert.deepEqual(byPlace(inEditor), byPlace(onCommandLine));
});

const messageOf = (message: Diagnostic['message']): string =>
  typeof message === 'string' ? message : message.value;

/** By file; within a file the order is part of what is said. */
const byPlace = <T extends { readonly at: string }>(said: readonly T[]): T[] =>
  said.toSorted((a, b) => (a.at.split(':')[0] ?? '').localeCompare(b.at.split(':')[0] ?? ''));

async function workspaceDiagnostics(root: string): Promise<{ uri: string; diagnostic: Diagnostic }[]> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const client = createMessageConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  startServer(server, nodeEnvironment(new ClientFiles(server)));
  const ready = new Promise<void>((resolve) => {
    client.onNotification('codingSpec/status', ({ state }: { state: string }) => {
      if (state === 'ready') resolve();
    });
  });
  client.listen();
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'w' }],
    capabilities: { textDocument: { diagnostic: {} } },
  });
  await client.sendNotification('initialized', {});
  await ready;
  const report: WorkspaceDiagnosticReport = await client.sendRequest('workspace/diagnostic', {
    previousResultIds: [],
  });
  client.dispose();
  server.dispose();
  return report.items.flatMap((item) =>
    item.kind === 'full' ? item.items.map((diagnostic) => ({ uri: item.uri, diagnostic })) : [],
  );
}
