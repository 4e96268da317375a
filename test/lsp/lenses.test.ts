/** Code lenses on clauses: how many encounters put them to the test, and what unsaved changes of rules do to encounters. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { CodeLens, Location } from 'vscode-languageserver/node';
import {
  lensEncountersRequest,
  showEncountersCommand,
  type LensArguments,
} from '../../server/protocol/clauses.ts';
import { drugRules, infusion } from '../cli/support.ts';
import { serve, uriOf, type ServerUnderTest } from '../support/lsp.ts';

const rules = drugRules();
const SPEC = 'specs/cpt-96365.spec.yaml';
const spec = rules[SPEC] ?? '';
const ONE_HOUR = 'expect:\n  - {code: "96365"}\n';
const ENCOUNTERS = [infusion(16, ONE_HOUR), infusion(60, ONE_HOUR), infusion(95, ONE_HOUR)].join('---\n');

const started: ServerUnderTest[] = [];
async function start(options: Parameters<typeof serve>[1] = {}): Promise<ServerUnderTest> {
  const server = await serve({ ...rules, 'a.encounter.yaml': ENCOUNTERS }, options);
  started.push(server);
  return server;
}
after(async () => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const server of started) server.close();
});

async function lensesOf(on: ServerUnderTest, name: string): Promise<CodeLens[]> {
  const textDocument = { uri: uriOf(name) };
  const found: CodeLens[] = await on.client.sendRequest('textDocument/codeLens', { textDocument });
  return Promise.all(found.map((lens): Promise<CodeLens> => on.client.sendRequest('codeLens/resolve', lens)));
}

const onLine = (lenses: readonly CodeLens[], text: string, start: string): CodeLens | undefined => {
  const line = text.split('\n').findIndex((own) => own.startsWith(start));
  return lenses.find(({ range, command }) => range.start.line === line && !isUnsaved(command?.title));
};
const isUnsaved = (title = ''): boolean => title.startsWith('Unsaved changes');

/** Waits until encounters have been counted. */
const counted = async (on: ServerUnderTest, name = SPEC): Promise<CodeLens[]> => {
  let lenses: CodeLens[] = [];
  await on.until('counts', async () => {
    lenses = await lensesOf(on, name);
    return lenses.length > 0 && lenses.every(({ command }) => !command?.title.startsWith('counting'));
  });
  return lenses;
};

const unsaved = (lenses: readonly CodeLens[]): string | undefined =>
  lenses.map(({ command }) => command?.title).find(isUnsaved);
const untilUnsaved = async (on: ServerUnderTest, title: string | undefined): Promise<CodeLens[]> => {
  let lenses: CodeLens[] = [];
  await on.until(title ?? 'no unsaved changes', async () => {
    lenses = await lensesOf(on, SPEC);
    return unsaved(lenses) === title;
  });
  return lenses;
};
const TWO = 'Unsaved changes: 2 encounters have other lines than with the saved text';
const NONE = 'Unsaved changes: no encounters have other lines than with the saved text';

describe('a code lens on a clause', () => {
  it('has no text of its own until it is asked for, and one on each version and clause', async () => {
    const on = await start();
    const lenses: CodeLens[] = await on.client.sendRequest('textDocument/codeLens', {
      textDocument: { uri: uriOf(SPEC) },
    });
    assert.ok(lenses.length > 5);
    assert.ok(lenses.every(({ command }) => command === undefined));
    for (const start of ['spec:', 'time:']) assert.ok(onLine(lenses, spec, start), start);
  });

  it('counts the encounters that put it to the test, and those that differ', async () => {
    const on = await start();
    const lenses = await counted(on);
    assert.equal(onLine(lenses, spec, 'spec:')?.command?.title, '3 encounters · 1 differs');
    assert.equal(onLine(lenses, spec, 'time:')?.command?.title, '3 encounters · 1 differs');
    const untested = lenses.map(({ command }) => command?.title);
    assert.ok(untested.includes('no encounter'), untested.join(', '));
    assert.ok(
      on.heard.some(({ method }) => method === 'workspace/codeLens/refresh'),
      'the client is asked to look again',
    );
  });

  it('follows what is typed into encounters', async () => {
    const on = await start();
    await counted(on);
    await on.open('a.encounter.yaml', infusion(60, ONE_HOUR));
    await on.until('fewer encounters', async () => {
      const lenses = await lensesOf(on, SPEC);
      return onLine(lenses, spec, 'time:')?.command?.title === '1 encounter';
    });
  });

  it('leads to the encounters, those that differ first, for clients that can show them', async () => {
    const on = await start({ commands: [showEncountersCommand] });
    const time = onLine(await counted(on), spec, 'time:');
    assert.equal(time?.command?.command, showEncountersCommand);
    const [{ uri, line, target }] = time.command.arguments as [LensArguments];
    assert.deepEqual([uri, line], [uriOf(SPEC), time.range.start.line]);
    const places: Location[] = await on.client.sendRequest(lensEncountersRequest, target);
    const lines = ENCOUNTERS.split('\n');
    assert.deepEqual(
      places.map((place) => lines[place.range.start.line]),
      [95, 16, 60].map((minutes) => `encounter: infusion-of-${String(minutes)}-minutes`),
    );
    const plain = await start();
    assert.equal(onLine(await counted(plain), spec, 'time:')?.command?.command, '');
  });

  it('is left out where the user does not want it, and in encounters', async () => {
    const on = await start({ settings: { lens: { clauses: false } } });
    assert.deepEqual(await lensesOf(on, SPEC), []);
    const other = await start();
    assert.deepEqual(await lensesOf(other, 'a.encounter.yaml'), []);
  });
});

describe('a code lens on unsaved changes', () => {
  it('says how many encounters have other lines, and which', async () => {
    const on = await start({ commands: [showEncountersCommand] });
    await on.open(SPEC, spec);
    assert.equal(unsaved(await counted(on)), undefined);
    await on.change(SPEC, spec.replace('at_least: 16 min', 'at_least: 61 min'));
    const lens = (await untilUnsaved(on, TWO)).find(({ command }) => isUnsaved(command?.title));
    assert.deepEqual(lens?.range.start, { line: 0, character: 0 });
    const [{ target }] = lens.command?.arguments as [LensArguments];
    const places: Location[] = await on.client.sendRequest(lensEncountersRequest, target);
    assert.deepEqual(
      places.map(({ range }) => range.start.line),
      [0, 12],
    );
  });

  it('counts none for a change of comments, and is gone when the change is taken back or saved', async () => {
    const on = await start();
    await on.open(SPEC, spec);
    await counted(on);
    await on.change(SPEC, `# only told\n${spec}`);
    await untilUnsaved(on, NONE);
    await on.change(SPEC, spec);
    await untilUnsaved(on, undefined);
    await on.change(SPEC, spec.replace('at_least: 16 min', 'at_least: 61 min'));
    await untilUnsaved(on, TWO);
    await on.client.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf(SPEC) } });
    await untilUnsaved(on, undefined);
  });

  it('compares with what is on disk, also when that changes', async () => {
    const on = await start();
    await on.open(SPEC, spec);
    const changed = spec.replace('at_least: 16 min', 'at_least: 61 min');
    await on.change(SPEC, changed);
    await untilUnsaved(on, TWO);
    on.files.set(uriOf(SPEC), { text: changed });
    await on.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(SPEC), type: 2 }],
    });
    await untilUnsaved(on, undefined);
  });

  it('compares a file with what is on disk, whatever it looked like when it was opened', async () => {
    const on = await start();
    await on.open(SPEC, spec.replace('at_least: 16 min', 'at_least: 61 min'));
    await untilUnsaved(on, TWO);
  });
});
