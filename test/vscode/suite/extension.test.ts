/**
 * What only a real VS Code can show: that the extension starts, and that lines, hovers, completions
 * and fixes reach the user and follow what is typed. What they say is tested below the editor.
 *
 * All of it runs on a copy of `examples/`, once on the extension under development, once packaged.
 */
import assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import type { InstallResult, RemoveResult } from '../../../server/protocol/codes.ts';
import { variables } from '../harness/variables.mjs';
import {
  closeAll,
  labelOf,
  messages,
  noProblemSaying,
  open,
  problems,
  problemSaying,
  rangeOf,
  set,
  typeOver,
  until,
} from './editor.ts';

const { Error: error, Information: information } = vscode.DiagnosticSeverity;

/** Its first encounter is the article's patient at 95 minutes: an hour and what is beyond it. */
const article = 'encounters/article.encounter.yaml';
const firstHour = '96365 × 1';
const anotherHour = '96366 × 1';

describe('Coding Spec in VS Code', () => {
  afterEach(async () => {
    await set('lines.show', undefined);
    await closeAll();
  });

  it('is the build under test, and starts when one of its files is opened', async () => {
    const extension = vscode.extensions.getExtension('coding-spec.coding-spec');
    assert.ok(extension, 'the extension is there');
    const folder = process.env[variables.extension] ?? '';
    assert.ok(extension.extensionPath.startsWith(folder), `${extension.extensionPath} is in ${folder}`);
    await open(article);
    await until('an active extension', () => extension.isActive || undefined);
  });

  it('shows the lines as Information on the administration, with clauses as related information', async () => {
    const { document } = await open(article);
    const line = await lineOnAdministration(document, firstHour);
    await lineOnAdministration(document, anotherHour);
    assert.ok((line.relatedInformation ?? []).length > 0, 'there are clauses');
    assert.deepEqual(problems(document, error), []);
  });

  it('follows what is typed', async () => {
    const editor = await open(article);
    await problemSaying(editor.document, information, anotherHour);
    await typeOver(editor, /(?<=\bstop: *["']?)\d\d?:\d\d/u, laterThanStart(editor.document, 88));
    await noProblemSaying(editor.document, information, anotherHour);
    await problemSaying(editor.document, information, firstHour);
    await typeOver(editor, /(?<=\bstop: *["']?)\d\d?:\d\d/u, laterThanStart(editor.document, 95));
    await problemSaying(editor.document, information, anotherHour);
  });

  it('checks the encounters again when a specification changes, even unsaved', async () => {
    const { document } = await open('encounters/durations.encounter.yaml');
    await until(
      'lines',
      () => problems(document, information)[0],
      () => messages(document),
    );
    assert.deepEqual(problems(document, error), []);
    const specification = await open('specs/cpt-96365.spec.yaml');
    await typeOver(specification, /(?<=\bat_least: )16 min/u, '20 min');
    const mismatch = await until(
      'an unmet expectation',
      () => problems(document, error)[0],
      () => messages(document),
    );
    assert.match(
      documentAround(document, mismatch.range.start),
      /\b16\b/u,
      'it is the encounter of 16 minutes',
    );
    await typeOver(specification, /(?<=\bat_least: )20 min/u, '16 min');
    await until(
      'no error',
      () => (problems(document, error).length === 0 ? true : undefined),
      () => messages(document),
    );
  });

  it('explains an administration on hover', async () => {
    const { document } = await open(article);
    const { range } = await lineOnAdministration(document, firstHour);
    const text = await until('a hover', async () => (await hover(document, range.start)) || undefined);
    assert.match(text, /96365/u);
    assert.match(text, /\b95\b/u, `the reasoning names the minutes: ${text}`);
  });

  it('completes a value that has a list', async () => {
    const editor = await open(article);
    await typeOver(editor, /(?<=\bpurpose: )[\w-]+/u, '');
    const labels = await until('completions', async () => {
      const found = await completions(editor);
      return found.includes('therapeutic') ? found : undefined;
    });
    assert.ok(labels.length > 1, 'there are alternatives');
  });

  it('reports broken YAML as an error', async () => {
    const editor = await open(article);
    await problemSaying(editor.document, information, firstHour);
    await typeOver(editor, /^title:.*$/mu, 'title: [unclosed');
    await until(
      'an error',
      () => problems(editor.document, error)[0],
      () => messages(editor.document),
    );
  });

  it('quotes a code that YAML would change', async () => {
    const editor = await open(article);
    await typeOver(editor, /(?<=^place_of_service: ).*$/mu, '01');
    const position = rangeOf(editor.document, /(?<=^place_of_service: )01$/mu);
    const fix = await until(
      'a quick fix',
      () => quickFix(editor.document, position),
      () => messages(editor.document),
    );
    assert.ok(await vscode.workspace.applyEdit(fix), 'the fix was applied');
    assert.match(editor.document.getText(), /^place_of_service: (["'])01\1$/mu);
  });

  it('shows the lines as inlay hints instead, if so set', async () => {
    const { document } = await open(article);
    await problemSaying(document, information, firstHour);
    await set('lines.show', 'inlayHints');
    await until('an inlay hint', async () =>
      (await inlayHints(document)).find((label) => label.includes(firstHour)),
    );
    await noProblemSaying(document, information, firstHour);
  });

  it('shows the lines as code lenses instead, if so set', async () => {
    const { document } = await open(article);
    await problemSaying(document, information, firstHour);
    await set('lines.show', 'codeLenses');
    await until('a code lens', async () =>
      (await codeLenses(document)).find((title) => title.includes(firstHour)),
    );
    await noProblemSaying(document, information, firstHour);
  });

  it('installs a release of a code set, shows it, uses it, and removes it', async () => {
    const { document } = await open(article);
    await problemSaying(document, information, firstHour);
    const notThere = 'is not in ICD-10-CM FY2026';
    const saysSo = () => messages(document).some((message) => message.includes(notThere));
    assert.ok(!saysSo());
    const source = await officialFile();
    const result = await vscode.commands.executeCommand<InstallResult>('codingSpec.installCodeSet', {
      source,
    });
    assert.ok(result.outcome === 'installed', JSON.stringify(result));
    await until('a diagnosis that is not in the release', () => saysSo() || undefined);

    await vscode.commands.executeCommand('codingSpec.showCodeSets');
    const shown = () => vscode.window.activeTextEditor?.document.getText() ?? '';
    const isShown = () => /^ICD-10-CM FY2026 /mu.test(shown());
    await until('the release', () => isShown() || undefined, shown);

    const files = result.releases.map(({ file }) => file);
    const removed = await vscode.commands.executeCommand<RemoveResult>('codingSpec.removeCodeSet', { files });
    assert.deepEqual(removed, { removed: files, failed: [] });
    await until(
      'no such diagnosis',
      () => (saysSo() ? undefined : true),
      () => messages(document),
    );
    await until('no such release', () => (isShown() ? undefined : true), shown);

    const missing = vscode.Uri.file('/none/icd10cm_order_2026.txt').fsPath;
    const failed = await vscode.commands.executeCommand<InstallResult>('codingSpec.installCodeSet', {
      source: missing,
    });
    assert.ok(failed.outcome === 'failed' && failed.message.includes('there is no such file'));
  });

  it('has commands for the log and for a fresh server', async () => {
    const { document } = await open(article);
    await problemSaying(document, information, firstHour);
    await vscode.commands.executeCommand('codingSpec.showLog');
    await vscode.commands.executeCommand('codingSpec.restartServer');
    await problemSaying(document, information, firstHour);
  });
});

/** An order file of one code that nobody diagnoses here, in the workspace. */
async function officialFile(): Promise<string> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the workspace has a folder');
  const file = vscode.Uri.joinPath(folder.uri, 'icd10cm_order_2026.txt');
  const row = `00001 A000    1 ${'Cholera'.padEnd(60)} Cholera\r\n`;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(row));
  return file.toString();
}

/** The diagnostic for a line on the first administration; the encounter as a whole has its own. */
async function lineOnAdministration(document: vscode.TextDocument, line: string): Promise<vscode.Diagnostic> {
  const { start } = rangeOf(document, /\bsubstance:/u);
  const find = () =>
    problems(document, information).find(
      ({ message, range }) => message.includes(line) && range.start.line === start.line,
    );
  return until(`"${line}" on the administration`, find, () => messages(document));
}

/** The clock time so many minutes after the first `start:` of a document. */
function laterThanStart(document: vscode.TextDocument, minutes: number): string {
  const [hour, minute] = document
    .getText(rangeOf(document, /(?<=\bstart: *["']?)\d\d?:\d\d/u))
    .split(':')
    .map(Number);
  const stop = Number(hour) * 60 + Number(minute) + minutes;
  return `${String(Math.floor(stop / 60)).padStart(2, '0')}:${String(stop % 60).padStart(2, '0')}`;
}

/** The document of a YAML stream that a position is in. */
function documentAround(document: vscode.TextDocument, position: vscode.Position): string {
  const offset = document.offsetAt(position);
  const text = document.getText();
  const start = text.lastIndexOf('\n---', offset) + 1;
  const end = text.indexOf('\n---', offset);
  return text.slice(start, end === -1 ? undefined : end);
}

async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

async function completions({ document, selection }: vscode.TextEditor): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    selection.active,
  );
  return items.map(labelOf);
}

/** The edit of the quick fix that our own diagnostic offers there. */
async function quickFix(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.WorkspaceEdit | undefined> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return actions.find(({ edit, title }) => edit !== undefined && /quote/iu.test(title))?.edit;
}

async function inlayHints(document: vscode.TextDocument): Promise<string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    all,
  );
  return hints.map(({ label }) =>
    typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
  );
}

async function codeLenses(document: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}
