/** The language server over real JSON-RPC: what it offers, what it shows, and that it follows every change. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { globSync } from 'tinyglobby';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Diagnostic,
  Hover,
  InlayHint,
  SemanticTokens,
  SemanticTokensDelta,
  TextEdit,
} from 'vscode-languageserver';
import { codingSpec } from '../support/cli.ts';
import { serve, uriOf, type ServerUnderTest } from '../support/lsp.ts';

const SPEC = 'specs/cpt-96365.spec.yaml';
const ARTICLE = 'encounters/article.encounter.yaml';
const examples = Object.fromEntries(
  globSync('**/*.yaml', { cwd: 'examples/drug-administration' }).map((name) => [
    name,
    readFileSync(`examples/drug-administration/${name}`, 'utf8'),
  ]),
);
const textOf = (name: string): string => examples[name] ?? assert.fail(name);
const SIXTEEN = `encounter: sixteen
date: 2026-03-02
claim: professional
place_of_service: "11"
administrations:
  - {substance: a, purpose: therapeutic, route: iv-infusion, minutes: 16}
expect:
  - {code: "96365", units: 1}
`;
const information = (found: readonly Diagnostic[]): Diagnostic[] =>
  found.filter(({ severity }) => severity === 3);
const errors = (found: readonly Diagnostic[]): Diagnostic[] => found.filter(({ severity }) => severity === 1);

const messageOf = (diagnostic: Diagnostic | undefined): string =>
  typeof diagnostic?.message === 'string' ? diagnostic.message : '';

const started: ServerUnderTest[] = [];
async function start(...args: Parameters<typeof serve>): Promise<ServerUnderTest> {
  const server = await serve(...args);
  started.push(server);
  return server;
}
after(() => {
  for (const server of started) server.close();
});

describe('diagnostics', () => {
  it('show the computed lines on each administration, with the clauses, and a total on the encounter', async () => {
    const server = await start(examples);
    await server.open(ARTICLE, textOf(ARTICLE));
    const found = information(await server.diagnostics(ARTICLE));
    assert.deepEqual(
      found.map((one) => messageOf(one).split(':')[0]),
      ['Billing lines', '96365 × 1, 96366 × 1', 'Billing lines', '96365 × 1'],
    );
    const lines = textOf(ARTICLE).split('\n');
    assert.match(lines[found[0]?.range.start.line ?? 0] ?? '', /^encounter:/);
    assert.match(lines[found[1]?.range.start.line ?? 0] ?? '', /substance/);
    const clauses = found[1]?.relatedInformation?.map(({ location }) => location.uri) ?? [];
    assert.ok(clauses.includes(uriOf(SPEC)), 'the specification is related');
    assert.match(messageOf(found[3]), /96366 not reported .* 28 minutes are documented/);
  });

  it('show an expectation that does not hold on the line of expect', async () => {
    const server = await start({ ...examples, 'x.encounter.yaml': SIXTEEN.replace('units: 1', 'units: 2') });
    const [error] = errors(await server.diagnostics('x.encounter.yaml'));
    assert.equal(error?.code, 'expectation-mismatch');
    assert.equal(error.range.start.line, 6);
    assert.match(String(error.codeDescription?.href), /#expectation-mismatch$/);
  });

  it('follow an unsaved change of a specification, and ask the client to look again', async () => {
    const server = await start({ ...examples, 'x.encounter.yaml': SIXTEEN });
    await server.open('x.encounter.yaml', SIXTEEN);
    assert.deepEqual(errors(await server.diagnostics('x.encounter.yaml')), []);
    await server.open(SPEC, textOf(SPEC));
    server.heard.length = 0;
    await server.change(SPEC, textOf(SPEC).replace('at_least: 16 min', 'at_least: 20 min'));
    await server.until('a refresh', () =>
      server.heard.some(({ method }) => method === 'workspace/diagnostic/refresh'),
    );
    assert.deepEqual(
      errors(await server.diagnostics('x.encounter.yaml')).map(({ code }) => code),
      ['expectation-mismatch'],
    );
    await server.client.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(SPEC) } });
    await server.until(
      'what is on disk',
      async () => errors(await server.diagnostics('x.encounter.yaml')).length === 0,
    );
  });

  it('are pushed to a client that does not pull', async () => {
    const server = await start(examples, { capabilities: {} });
    await server.open('x.encounter.yaml', SIXTEEN);
    const pushed = (): Diagnostic[] | undefined =>
      server.heard
        .filter(({ method }) => method === 'textDocument/publishDiagnostics')
        .map(({ params }) => params as { uri: string; diagnostics: Diagnostic[] })
        .findLast(({ uri }) => uri === uriOf('x.encounter.yaml'))?.diagnostics;
    await server.until('diagnostics', () => (pushed()?.length ?? 0) > 0);
    await server.open(SPEC, textOf(SPEC).replace('at_least: 16 min', 'at_least: 20 min'));
    await server.until('an error', () => errors(pushed() ?? []).length === 1);
  });

  it('cover files that are not open, and say unchanged when nothing changed', async () => {
    const server = await start({ ...examples, 'x.encounter.yaml': SIXTEEN.replace('units: 1', 'units: 2') });
    type Report = { items: { uri: string; kind: string; resultId?: string; items?: Diagnostic[] }[] };
    const first: Report = await server.client.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    const own = first.items.find(({ uri }) => uri === uriOf('x.encounter.yaml'));
    assert.equal(errors(own?.items ?? []).length, 1);
    const previousResultIds = first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    await server.open('y.encounter.yaml', SIXTEEN);
    const second: Report = await server.client.sendRequest('workspace/diagnostic', { previousResultIds });
    assert.equal(second.items.find(({ uri }) => uri === uriOf('x.encounter.yaml'))?.kind, 'unchanged');
  });

  it('show the lines around the last change of a large file and say so, and every mistake', async () => {
    const wrong = (text: string, i: number): string =>
      i % 100 === 0 ? text.replace('units: 1', 'units: 2') : text;
    const text = Array.from({ length: 400 }, (_, i) => wrong(SIXTEEN, i)).join('---\n');
    const server = await start({ ...examples, 'x.encounter.yaml': text });
    await server.open('x.encounter.yaml', text);
    const told = async (): Promise<{ mistakes: number; notice: string; lines: number; first: number }> => {
      const all = await server.diagnostics('x.encounter.yaml');
      const [notice, ...lines] = all.filter(({ code }) => code === 'billing-lines');
      const first = Math.min(...lines.map(({ range }) => range.start.line));
      return { mistakes: errors(all).length, notice: messageOf(notice), lines: lines.length, first };
    };
    const top = await told();
    assert.deepEqual({ ...top, notice: '' }, { mistakes: 4, notice: '', lines: 100, first: 0 });
    assert.match(top.notice, /^Billing lines are shown for 50 of 400 documents/);
    await server.change('x.encounter.yaml', `${text}# the last line\n`);
    const end = await told();
    assert.deepEqual([end.mistakes, end.lines], [4, 100]);
    assert.equal(end.first, 350 * SIXTEEN.split('\n').length, 'the lines of the last 50');
    Object.assign(server.settings, { lines: { show: 'inlayHints' } });
    await server.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    const hints = async (): Promise<unknown[]> =>
      server.client.sendRequest('textDocument/inlayHint', {
        textDocument: { uri: uriOf('x.encounter.yaml') },
        range: { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } },
      });
    await server.until('all hints', async () => (await hints()).length === 800);
  });

  it('follow files on disk: changed, deleted', async () => {
    const server = await start({ ...examples, 'x.encounter.yaml': SIXTEEN });
    server.files.set(uriOf(SPEC), { text: textOf(SPEC).replace('at_least: 16 min', 'at_least: 20 min') });
    await server.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(SPEC), type: 2 }],
    });
    await server.until(
      'an error',
      async () => errors(await server.diagnostics('x.encounter.yaml')).length === 1,
    );
    server.files.delete(uriOf('x.encounter.yaml'));
    await server.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('x.encounter.yaml'), type: 3 }],
    });
    await server.until('nothing', async () => (await server.diagnostics('x.encounter.yaml')).length === 0);
  });

  it('keep in step with incremental edits, in CRLF and outside ASCII', async () => {
    const server = await start(examples);
    const text = SIXTEEN.replace('substance: a', 'substance: Köchsalz 生').replaceAll('\n', '\r\n');
    await server.open('x.encounter.yaml', text);
    const line = text.split('\r\n')[5] ?? '';
    const character = line.indexOf('16');
    await server.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf('x.encounter.yaml'), version: 99 },
      contentChanges: [
        { range: { start: { line: 5, character }, end: { line: 5, character: character + 2 } }, text: '15' },
      ],
    });
    assert.deepEqual(
      errors(await server.diagnostics('x.encounter.yaml')).map(({ code }) => code),
      ['expectation-mismatch'],
    );
  });

  it('obey the severities of the settings', async () => {
    const server = await start(
      { ...examples, 'x.encounter.yaml': SIXTEEN.replace('units: 1', 'units: 2') },
      { settings: { rules: { severity: { 'expectation-mismatch': 'off' } } } },
    );
    assert.deepEqual(errors(await server.diagnostics('x.encounter.yaml')), []);
  });
});

describe('the library', () => {
  const library = Object.fromEntries(
    Object.entries(examples).map(([name, text]) => [`library/${name}`, text]),
  );

  it('computes a workspace that has no rules of its own', async () => {
    const server = await start({ ...library, 'x.encounter.yaml': SIXTEEN });
    assert.deepEqual(errors(await server.diagnostics('x.encounter.yaml')), []);
    assert.match(messageOf(information(await server.diagnostics('x.encounter.yaml'))[0]), /96365 × 1/);
  });

  it('yields to a specification of the workspace', async () => {
    const own = textOf(SPEC).replace('at_least: 16 min', 'at_least: 20 min');
    const server = await start({ ...library, 'my.spec.yaml': own, 'x.encounter.yaml': SIXTEEN });
    assert.equal(errors(await server.diagnostics('x.encounter.yaml')).length, 1);
  });

  it('can be switched off', async () => {
    const server = await start(
      { ...library, 'x.encounter.yaml': SIXTEEN },
      { settings: { library: { enabled: false } } },
    );
    assert.ok((await server.diagnostics('x.encounter.yaml')).some(({ code }) => code === 'not-covered'));
  });
});

describe('language features', () => {
  it('hover explains an administration', async () => {
    const server = await start(examples);
    await server.open('x.encounter.yaml', SIXTEEN);
    const hover: Hover = await server.client.sendRequest('textDocument/hover', {
      textDocument: { uri: uriOf('x.encounter.yaml') },
      position: { line: 5, character: 8 },
    });
    const { value } = hover.contents as { value: string };
    assert.match(value, /96365 × 1.*billable/);
    assert.match(value, /at least 16 minutes are needed/);
  });

  it('completion offers the values of a fact, and quotes codes', async () => {
    const server = await start(examples);
    const at = async (text: string): Promise<CompletionList> => {
      const offset = text.indexOf('|');
      const lines = text.slice(0, offset).split('\n');
      await server.open('x.encounter.yaml', text.replace('|', ''));
      return server.client.sendRequest('textDocument/completion', {
        textDocument: { uri: uriOf('x.encounter.yaml') },
        position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
      });
    };
    const purposes = await at('encounter: x\nadministrations:\n  - purpose: |\n');
    assert.ok(purposes.items.some(({ label }) => label === 'therapeutic'));
    const codes = await at('encounter: x\nexpect:\n  - {code: |}\n');
    assert.equal(codes.items.find(({ label }) => label === '96365')?.textEdit?.newText, '"96365"');
    const keys = await at('encounter: x\n|');
    assert.deepEqual(
      keys.items.slice(0, 2).map(({ label }) => label),
      ['date', 'claim'],
    );
  });

  it('completion says on every row what it is about, to a client that shows it, and stays small', async () => {
    const diagnoses = async (completionItem: object): Promise<CompletionList> => {
      const server = await start(examples, {
        capabilities: { textDocument: { completion: { completionItem } } },
      });
      await server.open('x.encounter.yaml', 'encounter: x\ndiagnoses: [');
      return server.client.sendRequest('textDocument/completion', {
        textDocument: { uri: uriOf('x.encounter.yaml') },
        position: { line: 1, character: 12 },
      });
    };
    const rich = await diagnoses({ labelDetailsSupport: true });
    assert.ok(rich.items.length > 20);
    for (const { labelDetails, detail = '' } of rich.items) {
      const description = labelDetails?.description ?? '';
      assert.ok(description !== '' && description.length <= 80);
      assert.ok(detail.startsWith(description.replace(/…$/, '')));
    }
    assert.ok(JSON.stringify(rich).length < 1000 * rich.items.length, 'fifty are below 50 kB');
    const plain = await diagnoses({});
    assert.ok(plain.items.every(({ labelDetails, detail }) => labelDetails === undefined && detail !== ''));
  });

  it('a quick fix quotes a code', async () => {
    const server = await start(examples);
    await server.open('x.encounter.yaml', SIXTEEN.replace('"11"', '01'));
    const range = { start: { line: 3, character: 19 }, end: { line: 3, character: 19 } };
    const actions: CodeAction[] = await server.client.sendRequest('textDocument/codeAction', {
      textDocument: { uri: uriOf('x.encounter.yaml') },
      range,
      context: { diagnostics: [] },
    });
    assert.equal(actions[0]?.edit?.changes?.[uriOf('x.encounter.yaml')]?.[0]?.newText, '"01"');
  });

  it('hints have their tooltips when they are looked at, for a client that asks again', async () => {
    const server = await start(
      { ...examples, 'x.encounter.yaml': SIXTEEN },
      {
        settings: { lines: { show: 'inlayHints' } },
        capabilities: {
          workspace: { configuration: true },
          textDocument: { inlayHint: { resolveSupport: { properties: ['tooltip'] } } },
        },
      },
    );
    const hints: InlayHint[] = await server.client.sendRequest('textDocument/inlayHint', {
      textDocument: { uri: uriOf('x.encounter.yaml') },
      range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } },
    });
    assert.deepEqual(
      hints.map(({ tooltip }) => tooltip),
      [undefined, undefined],
    );
    const whole: InlayHint[] = await Promise.all(
      hints.map((hint) => server.client.sendRequest<InlayHint>('inlayHint/resolve', hint)),
    );
    assert.match(JSON.stringify(whole[0]?.tooltip), /^"Billing lines: 96365 × 1/);
    assert.equal(whole[1]?.tooltip, '96365 × 1');
    const strange = { position: { line: 0, character: 0 }, label: 'x', data: { document: 'gone#0' } };
    assert.deepEqual(await server.client.sendRequest('inlayHint/resolve', strange), strange);
  });

  it('lines can be inlay hints or code lenses in place of diagnostics', async () => {
    const ask = {
      textDocument: { uri: uriOf('x.encounter.yaml') },
      range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } },
    };
    const hinting = await start(
      { ...examples, 'x.encounter.yaml': SIXTEEN },
      { settings: { lines: { show: 'inlayHints' } } },
    );
    const hints: InlayHint[] = await hinting.client.sendRequest('textDocument/inlayHint', ask);
    assert.deepEqual(
      hints.map(({ label }) => label),
      ['Σ 96365 × 1', '→ 96365 × 1'],
    );
    assert.deepEqual(information(await hinting.diagnostics('x.encounter.yaml')), []);
    assert.match(JSON.stringify(hints[0]?.tooltip), /^"Billing lines: 96365 × 1/);
    const lensing = await start(
      { ...examples, 'x.encounter.yaml': SIXTEEN },
      { settings: { lines: { show: 'codeLenses' } } },
    );
    const lenses: CodeLens[] = await lensing.client.sendRequest('textDocument/codeLens', ask);
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['96365 × 1', '96365 × 1'],
    );
  });
});

describe('snippets', () => {
  const first = async (capabilities: object): Promise<CompletionItem | undefined> => {
    const server = await start({}, { capabilities: { textDocument: { completion: capabilities } } });
    await server.open('x.encounter.yaml', '');
    const { items }: CompletionList = await server.client.sendRequest('textDocument/completion', {
      textDocument: { uri: uriOf('x.encounter.yaml') },
      position: { line: 0, character: 0 },
    });
    return items.find(({ label }) => label === 'new encounter');
  };
  it('have blanks for a client that knows them, and are plain text for the others', async () => {
    const rich = await first({
      completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } },
    });
    assert.deepEqual([rich?.insertTextFormat, rich?.insertTextMode], [2, 1]);
    assert.match(rich?.textEdit?.newText ?? '', /^encounter: \$\{1:/);
    const plain = await first({});
    assert.deepEqual([plain?.insertTextFormat, plain?.insertTextMode], [undefined, undefined]);
    assert.doesNotMatch(plain?.textEdit?.newText ?? '$', /\$/);
  });
});

describe('code actions', () => {
  const actionsAt = async (
    server: ServerUnderTest,
    line: number,
    only?: readonly string[],
  ): Promise<CodeAction[]> =>
    server.client.sendRequest('textDocument/codeAction', {
      textDocument: { uri: uriOf('x.encounter.yaml') },
      range: { start: { line, character: 3 }, end: { line, character: 3 } },
      context: { diagnostics: [], ...(only && { only }) },
    });
  const OTHER = SIXTEEN.replace('units: 1', 'units: 2').replace('"11"', '05');

  it('suppress a finding, and accept the computed lines, with their edits at once', async () => {
    const server = await start({ ...examples, 'x.encounter.yaml': OTHER });
    const found = await actionsAt(server, 6);
    assert.deepEqual(
      found.map(({ title, kind }) => [title, kind]),
      [
        ['Accept the computed lines as expected', 'quickfix'],
        ['Suppress "expectation-mismatch" here with a comment', 'quickfix'],
      ],
    );
    for (const { edit, diagnostics } of found) {
      assert.deepEqual(Object.keys(edit?.changes ?? {}), [uriOf('x.encounter.yaml')]);
      assert.equal(
        diagnostics?.[0]?.code,
        'expectation-mismatch',
        'what it mends stands before what does not',
      );
    }
  });

  it('have their edits later where the client can wait', async () => {
    const capabilities = {
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } },
      textDocument: { diagnostic: {}, codeAction: { resolveSupport: { properties: ['edit'] } } },
    };
    const server = await start(examples, { capabilities });
    await server.open(SPEC, textOf(SPEC));
    const [offered]: CodeAction[] = await server.client.sendRequest('textDocument/codeAction', {
      textDocument: { uri: uriOf(SPEC) },
      range: { start: { line: 0, character: 8 }, end: { line: 0, character: 8 } },
      context: { diagnostics: [], only: ['refactor'] },
    });
    assert.equal(offered?.title, 'Write encounters at the thresholds and dates of 96365');
    assert.equal(offered.edit, undefined);
    const whole: CodeAction = await server.client.sendRequest('codeAction/resolve', offered);
    const [create, change] = whole.edit?.documentChanges ?? [];
    const uri = uriOf('encounters/96365-boundaries.encounter.yaml');
    assert.deepEqual(create, { kind: 'create', uri, options: { ignoreIfExists: true } });
    assert.match(JSON.stringify(change), /96365-of-16-minutes/);
  });

  it('fix all that is safe when asked for that alone', async () => {
    const server = await start({ ...examples, 'x.encounter.yaml': OTHER.replace('05', '01') });
    assert.ok((await actionsAt(server, 3)).every(({ kind }) => kind !== 'source.fixAll.coding-spec'));
    const [all, ...rest] = await actionsAt(server, 0, ['source.fixAll']);
    assert.deepEqual(rest, []);
    assert.deepEqual(
      all?.edit?.changes?.[uriOf('x.encounter.yaml')]?.map(({ newText }) => newText),
      ['"01"'],
    );
  });
});

describe('semantic tokens', () => {
  it('are told whole, by range, and as what changed', async () => {
    const server = await start(examples);
    const textDocument = { uri: uriOf('x.encounter.yaml') };
    const { semanticTokensProvider } = server.initialized.capabilities;
    const tokenTypes: readonly string[] = semanticTokensProvider?.legend.tokenTypes ?? [];
    await server.open('x.encounter.yaml', SIXTEEN);
    const whole: SemanticTokens = await server.client.sendRequest('textDocument/semanticTokens/full', {
      textDocument,
    });
    assert.deepEqual(whole.data.slice(0, 10), [
      0,
      0,
      9,
      tokenTypes.indexOf('property'),
      0,
      0,
      11,
      7,
      tokenTypes.indexOf('namespace'),
      1,
    ]);
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 99 } };
    const some: SemanticTokens = await server.client.sendRequest('textDocument/semanticTokens/range', {
      textDocument,
      range,
    });
    assert.equal(some.data.length, 10);
    await server.change('x.encounter.yaml', SIXTEEN.replace('sixteen', 'other'));
    const delta: SemanticTokensDelta = await server.client.sendRequest(
      'textDocument/semanticTokens/full/delta',
      {
        textDocument,
        previousResultId: whole.resultId,
      },
    );
    assert.deepEqual(
      delta.edits.map(({ deleteCount, data }) => [deleteCount, data?.length]),
      [[1, 1]],
    );
  });
});

describe('formatting', () => {
  const messy = SIXTEEN.replace('claim: ', 'claim:   ').replace('  - {sub', '- {sub');
  const textDocument = { uri: uriOf('x.encounter.yaml') };
  const options = { tabSize: 4, insertSpaces: true };
  it('answers with the edits of a file, of some lines and of a new line', async () => {
    const server = await start(examples);
    await server.open('x.encounter.yaml', messy);
    const whole: TextEdit[] = await server.client.sendRequest('textDocument/formatting', {
      textDocument,
      options,
    });
    assert.deepEqual(whole, [
      { range: { start: { line: 2, character: 7 }, end: { line: 2, character: 9 } }, newText: '' },
      { range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } }, newText: '  ' },
    ]);
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const some: TextEdit[] = await server.client.sendRequest('textDocument/rangeFormatting', {
      textDocument,
      options,
      range,
    });
    assert.deepEqual(some, whole.slice(0, 1));
    await server.change('x.encounter.yaml', `${SIXTEEN}\n`);
    const typed: TextEdit[] = await server.client.sendRequest('textDocument/onTypeFormatting', {
      textDocument,
      options,
      position: { line: 8, character: 0 },
      ch: '\n',
    });
    assert.deepEqual(typed, [
      { range: { start: { line: 8, character: 0 }, end: { line: 8, character: 0 } }, newText: '  - ' },
    ]);
  });
});

describe('faults of ours', () => {
  it('are shown as a diagnostic and a status, and logged', async () => {
    const server = await start(examples);
    // A content whose text cannot be read stands for any fault in the middle of the work.
    server.files.set(uriOf('x.encounter.yaml'), {
      get text(): string {
        throw new Error('planted');
      },
    });
    await server.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('x.encounter.yaml'), type: 1 }],
    });
    await server.until('the status', () =>
      server.heard.some(({ params }) => (params as { state?: string } | null)?.state === 'error'),
    );
    assert.ok(
      server.heard.some(
        ({ method, params }) =>
          method === 'window/logMessage' && /planted/.test((params as { message: string }).message),
      ),
    );
  });
});

describe('one engine', () => {
  it('editor and command line say the same, word for word', async () => {
    const names = globSync('**/*.yaml', { cwd: 'examples' }).sort();
    const server = await start(
      Object.fromEntries(names.map((name) => [`examples/${name}`, readFileSync(`examples/${name}`, 'utf8')])),
    );
    type Said = {
      rule: string;
      severity: string;
      message: string;
      at: { file: string; line: number; column: number };
    };
    const said = (
      JSON.parse(codingSpec(['check', 'examples', '--format', 'json']).stdout) as { problems: Said[] }
    ).problems;
    const severities = ['', 'error', 'warning', 'information', 'hint'];
    for (const name of names) {
      const shown = (await server.diagnostics(`examples/${name}`)).filter(
        ({ code }) => code !== 'billing-lines',
      );
      const wanted = said.filter(({ at }) => at.file === `examples/${name}`);
      assert.deepEqual(
        shown.map(({ code, severity, message, range }) => [
          code,
          severities[severity ?? 0],
          message,
          range.start.line + 1,
          range.start.character + 1,
        ]),
        wanted.map(({ rule, severity, message, at }) => [rule, severity, message, at.line, at.column]),
        name,
      );
    }
    assert.ok(said.length > 5);
  });
});
