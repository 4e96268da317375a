/**
 * What authors expect of an editor, asked as VS Code's own features ask for it: moving around, renaming, outlines, folding,
 * formatting, colours, and what the light bulb offers. What each of them answers in every case is tested below test/core;
 * here it is that the real editor gets it.
 */
import assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import { closeAll, labelOf, open, rangeOf, typeOver, until } from './editor.ts';

const sequential = 'encounters/sequential.encounter.yaml';
const sites = 'encounters/sites-and-sessions.encounter.yaml';
const article = 'encounters/article.encounter.yaml';
const specification = 'specs/cpt-96366.spec.yaml';

/** Asks one of VS Code's providers at the first match of a pattern, until it has an answer. */
async function ask<T>(
  command: string,
  { uri }: vscode.TextDocument,
  ...more: readonly unknown[]
): Promise<T> {
  return until(`an answer of ${command}`, async () => {
    const found = await vscode.commands.executeCommand<T | undefined>(`vscode.${command}`, uri, ...more);
    return found === undefined || found === null || (Array.isArray(found) && found.length === 0)
      ? undefined
      : found;
  });
}

const at = (document: vscode.TextDocument, pattern: RegExp): vscode.Position =>
  rangeOf(document, pattern).start.translate(0, 1);

/** Where a definition or a reference leads: the end of its file, and its line from 1. */
const place = (found: vscode.Location | vscode.LocationLink): string => {
  const [uri, range] = 'targetUri' in found ? [found.targetUri, found.targetRange] : [found.uri, found.range];
  return `${uri.path.split('/').at(-1) ?? ''}:${String(range.start.line + 1)}`;
};

const titles = (actions: readonly vscode.CodeAction[]): readonly string[] =>
  actions.map(({ title }) => title);

describe('Coding Spec as an editor of YAML', () => {
  afterEach(async () => {
    await closeAll();
  });

  it('goes from a code to its specification, and from there to its encounters', async () => {
    const { document } = await open(sequential);
    const position = at(document, /96367/u);
    const definitions = await ask<(vscode.Location | vscode.LocationLink)[]>(
      'executeDefinitionProvider',
      document,
      position,
    );
    assert.deepEqual(definitions.map(place), ['cpt-96367.spec.yaml:1']);
    const references = await ask<vscode.Location[]>('executeReferenceProvider', document, position);
    const files = new Set(references.map((found) => place(found).split(':')[0]));
    assert.ok(files.has('sequential.encounter.yaml') && files.has('cpt-96366.spec.yaml'), [...files].join());
    const highlights = await ask<vscode.DocumentHighlight[]>('executeDocumentHighlights', document, position);
    assert.ok(highlights.length >= 2);
  });

  it('goes from an administration to the class that it counts as', async () => {
    const { document } = await open(sequential);
    const position = at(document, /(?<=substance: )ondansetron/u);
    const types = await ask<(vscode.Location | vscode.LocationLink)[]>(
      'executeTypeDefinitionProvider',
      document,
      position,
    );
    assert.match(types.map(place).join(), /drug-administration\.family\.yaml/u);
  });

  it('renames a session in its encounter, and in no other', async () => {
    const { document } = await open(sites);
    const edit = await ask<vscode.WorkspaceEdit>(
      'executeDocumentRenameProvider',
      document,
      at(document, /(?<=session: )morning/u),
      'dawn',
    );
    assert.deepEqual(
      edit.entries().flatMap(([uri, edits]) => edits.map(() => uri.path.split('/').at(-1))),
      ['sites-and-sessions.encounter.yaml'],
    );
  });

  it('has an outline of encounters and a list of names in the workspace', async () => {
    const { document } = await open(sequential);
    const outline = await ask<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider', document);
    assert.equal(outline[0]?.name, 'two-drugs-in-sequence');
    assert.ok((outline[0]?.children.length ?? 0) > 0);
    const symbols = await until('symbols of the workspace', async () => {
      const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        '96366',
      );
      return found.some(({ location }) => location.uri.path.endsWith('cpt-96366.spec.yaml'))
        ? found
        : undefined;
    });
    assert.ok(symbols.length > 0);
  });

  it('knows which codes add to a code', async () => {
    const { document } = await open(specification);
    const [item] = await ask<vscode.CallHierarchyItem[]>(
      'prepareCallHierarchy',
      document,
      at(document, /(?<=spec: ")96366/u),
    );
    assert.ok(item);
    const above = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      item,
    );
    const below = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      item,
    );
    const names = [...above.map(({ to }) => to.name), ...below.map(({ from }) => from.name)].join();
    assert.match(names, /96365/u);
  });

  it('folds documents, grows selections, and links sources', async () => {
    const { document } = await open(sequential);
    const folds = await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider', document);
    assert.ok(folds.some(({ start, end }) => end - start >= 10));
    const [selection] = await ask<vscode.SelectionRange[]>('executeSelectionRangeProvider', document, [
      at(document, /iv-infusion/u),
    ]);
    assert.ok(selection?.parent?.parent, 'it can grow twice');
    const spec = await open('specs/cpt-96365.spec.yaml');
    const links = await ask<vscode.DocumentLink[]>('executeLinkProvider', spec.document);
    assert.ok(links.some(({ target }) => target?.scheme === 'https'));
  });

  it('colours what is written by its meaning', async () => {
    const { document } = await open(specification);
    const legend = await ask<vscode.SemanticTokensLegend>('provideDocumentSemanticTokensLegend', document);
    const tokens = await ask<vscode.SemanticTokens>('provideDocumentSemanticTokens', document);
    assert.ok(legend.tokenTypes.length > 3 && tokens.data.length > 50);
  });

  it('formats a document and a selection, and keeps comments', async () => {
    const editor = await open(article);
    const { document } = editor;
    await typeOver(editor, /^date: /mu, 'date:    ');
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await ask<vscode.TextEdit[]>('executeFormatDocumentProvider', document, options);
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(document.getText(), /^# The article[^\n]*\n(?:.*\n)*date: 2026/mu);
    assert.doesNotMatch(document.getText(), /date: {2}/u);
  });

  it('offers to accept lines, to write encounters at thresholds, and to mend what is safe', async () => {
    const editor = await open(article);
    await typeOver(
      editor,
      /expect:\n {2}- \{code: "96365", units: 1\}\n {2}- \{code: "96366", units: 1\}\n/u,
      '',
    );
    const offered = await until('the offer to accept lines', async () => {
      const actions = await ask<vscode.CodeAction[]>(
        'executeCodeActionProvider',
        editor.document,
        new vscode.Range(at(editor.document, /^encounter/mu), at(editor.document, /^encounter/mu)),
      );
      return titles(actions).find((title) => title.includes('Accept the computed lines'));
    });
    assert.ok(offered);
    const { document } = await open(specification);
    const range = new vscode.Range(at(document, /spec: "96366/u), at(document, /spec: "96366/u));
    const ofSpec = await ask<vscode.CodeAction[]>('executeCodeActionProvider', document, range);
    assert.ok(
      titles(ofSpec).some((title) => title.includes('Write encounters at the thresholds')),
      titles(ofSpec).join(),
    );
  });

  it('completes rule ids where a comment silences a finding', async () => {
    const editor = await open(article);
    await typeOver(editor, /^date: .*$/mu, 'date: 2026-03-02 # coding-spec-ignore not-c');
    const list = await ask<vscode.CompletionList>(
      'executeCompletionItemProvider',
      editor.document,
      editor.selection.active,
    );
    assert.ok(list.items.map(labelOf).includes('not-covered'));
  });

  it('links a finding to the section of its rule, in the page that ships', async () => {
    const editor = await open(article);
    await typeOver(editor, /(?<=^place_of_service: ).*$/mu, '01');
    const target = await until('a link', () => {
      const found = vscode.languages
        .getDiagnostics(editor.document.uri)
        .map(({ code }) => code)
        .find((code) => typeof code === 'object' && code.value === 'unquoted-code');
      return typeof found === 'object' ? found.target : undefined;
    });
    assert.match(target.path, /\/docs\/diagnostics\.md$/u);
    const page = await vscode.workspace.openTextDocument(target.with({ fragment: '' }));
    const line = Number(/^L(\d+)$/u.exec(target.fragment)?.[1]);
    assert.equal(page.lineAt(line - 1).text, '## unquoted-code');
  });

  it('tells on the date which versions hold', async () => {
    const { document } = await open(article);
    const hovers = await ask<vscode.Hover[]>('executeHoverProvider', document, at(document, /2026-03-02/u));
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    assert.match(text, /What holds on 2026-03-02/u);
  });

  it('takes a code with its point, and a name with its hyphens, for one word', async () => {
    const { document } = await open(article);
    const wordAt = (pattern: RegExp): string => {
      const range = document.getWordRangeAtPosition(at(document, pattern));
      return range === undefined ? '' : document.getText(range);
    };
    assert.equal(wordAt(/E86\.0/), 'E86.0');
    assert.equal(wordAt(/iv-infusion/), 'iv-infusion');
    assert.equal(wordAt(/10:00/), '10');
  });

  it('indents behind a key and behind a dash, and closes quotation marks, while one types', async function () {
    // Where VS Code is too busy to have coloured the line, it keeps the indentation and asks no rule.
    this.retries(4);
    const document = await vscode.workspace.openTextDocument({ language: 'coding-spec', content: '' });
    await vscode.window.showTextDocument(document);
    const type = async (...texts: readonly string[]): Promise<void> => {
      for (const text of texts) await vscode.commands.executeCommand('type', { text });
    };
    await type('amends:', '\n', '- spec: 96366', '\n', 'time:', '\n', 'covers: 60 min');
    assert.equal(
      document.getText(),
      'amends:\n  - spec: 96366\n    time:\n      covers: 60 min',
      'a list below its key, entries below each other, a mapping below its key',
    );
    await type('\n', 'x: ', '"');
    assert.equal(document.lineAt(document.lineCount - 1).text, '      x: ""');
    await type('96366', '"', '\n', 'title: The patient', "'", 's', '\n', 'codes: ', '[', '"');
    assert.deepEqual(
      document.getText().split('\n').slice(-3),
      ['      x: "96366"', "      title: The patient's", '      codes: [""]'],
      'what closes is typed over, and an apostrophe is none',
    );
  });
});
