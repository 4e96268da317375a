/** What other editors do otherwise than VS Code: seen in Neovim 0.7 and in Eglot 1.9, whose runs are in test/editors. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { CompletionItem, CompletionList, Diagnostic, Hover } from 'vscode-languageserver/node';
import { infusion } from '../cli/support.ts';
import { drugAdministration } from '../support/examples.ts';
import { serve, uriOf, type ServerUnderTest } from '../support/lsp.ts';

const NAME = 'e.encounter.yaml';
const library = Object.fromEntries(
  drugAdministration.map(({ path, text }) => [path.replace('examples/drug-administration', 'library'), text]),
);
const files = { ...library, [NAME]: infusion(95) };

const started: ServerUnderTest[] = [];
async function start(options: Parameters<typeof serve>[1]): Promise<ServerUnderTest> {
  const server = await serve(files, options);
  started.push(server);
  return server;
}
after(async () => {
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const server of started) server.close();
});

const count = (on: ServerUnderTest, method: string): number =>
  on.heard.filter((one) => one.method === method).length;

/** The messages that the client was last sent for the encounter. */
function pushed(on: ServerUnderTest): readonly unknown[] {
  const { params } = on.heard.findLast(({ method }) => method === 'textDocument/publishDiagnostics') ?? {
    params: undefined,
  };
  return (
    (params as { diagnostics: Diagnostic[] } | undefined)?.diagnostics.map(({ message }) => message) ?? []
  );
}

const LINES = ['Billing lines: 96365 × 1, 96366 × 1', '96365 × 1, 96366 × 1'];

describe('a client that tells of its settings without being asked to', () => {
  it('is asked for its settings, and not to register what it does not know', async () => {
    const on = await start({ capabilities: { workspace: { configuration: true } } });
    assert.equal(count(on, 'client/registerCapability'), 0);
    assert.equal(count(on, 'workspace/configuration'), 1);
    on.settings['lines'] = { show: 'off' };
    await on.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await on.open(NAME, infusion(95));
    await on.until(
      'no lines',
      () => count(on, 'textDocument/publishDiagnostics') > 0 && pushed(on).length === 0,
    );
  });
});

describe('a client that answers with errors', () => {
  const fails = ['client/registerCapability', 'workspace/configuration'];

  it('has the workspace and the library all the same', async () => {
    const on = await start({ fails });
    assert.deepEqual(
      (await on.diagnostics(NAME)).map(({ message }) => message),
      LINES,
    );
    const warnings = on.heard
      .filter(({ method }) => method === 'window/logMessage')
      .map(({ params }) => (params as { message: string }).message);
    assert.deepEqual(
      warnings.map((message) => message.replace(/: Error.*/, '')),
      [
        'Registering request handler for workspace/didChangeConfiguration failed.',
        'The client did not say what its settings are',
        'Registering request handler for workspace/didChangeWatchedFiles failed.',
      ],
    );
  });
});

describe('whose settings are asked for', () => {
  const scopes = (on: ServerUnderTest): unknown[] =>
    on.heard
      .filter(({ method }) => method === 'workspace/configuration')
      .map(({ params }) => (params as { items: { scopeUri?: string }[] }).items[0]?.scopeUri);

  it('those of the only folder', async () => {
    assert.deepEqual(scopes(await start({})), [uriOf('').replace(/\/$/, '')]);
  });

  it('those of no folder where there are several', async () => {
    assert.deepEqual(scopes(await start({ folders: ['file:///other'] })), [undefined]);
  });
});

describe('a client that shows text as it is', () => {
  const hoverOn = (on: ServerUnderTest): Promise<Hover | null> =>
    on.client.sendRequest('textDocument/hover', {
      textDocument: { uri: uriOf(NAME) },
      position: positionOf('substance'),
    });
  const itemsOn = async (on: ServerUnderTest): Promise<readonly CompletionItem[]> => {
    const list: CompletionList = await on.client.sendRequest('textDocument/completion', {
      textDocument: { uri: uriOf(NAME) },
      position: positionOf('therapeutic'),
    });
    return list.items;
  };

  it('gets hovers and completions without markup', async () => {
    const on = await start({
      capabilities: {
        textDocument: {
          hover: { contentFormat: ['plaintext'] },
          completion: { completionItem: { documentationFormat: ['plaintext'] } },
        },
      },
    });
    const hover = (await hoverOn(on)) ?? assert.fail();
    const { kind, value } = hover.contents as { kind: string; value: string };
    assert.equal(kind, 'plaintext');
    assert.match(value, /^96365 × 1 — billable$/m);
    assert.match(value, /^1\. 96365 reports “.*” as initial: ondansetron\. cpt-96365: reports\[.*\]$/m);
    assert.doesNotMatch(value, /\\|\*\*|\]\(/);
    const said = (await itemsOn(on)).flatMap(({ documentation }) => documentation ?? []);
    assert.ok(said.length > 0);
    for (const one of said) assert.equal((one as { kind: string }).kind, 'plaintext');
  });

  it('and one that says nothing of it gets Markdown', async () => {
    const on = await start({ capabilities: {} });
    const hover = (await hoverOn(on)) ?? assert.fail();
    assert.match((hover.contents as { value: string }).value, /^\*\*96365 × 1\*\* — billable$/m);
  });
});

describe('a client that writes null where there are no arguments', () => {
  it('has its commands answered', async () => {
    const on = await start({});
    const answer: unknown = await on.client.sendRequest('workspace/executeCommand', {
      command: 'codingSpec.codes.releases',
      arguments: null,
    });
    assert.deepEqual(answer, { folders: [], releases: [], damaged: [] });
  });
});

function positionOf(words: string): { line: number; character: number } {
  const before = infusion(95).slice(0, infusion(95).indexOf(words)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
