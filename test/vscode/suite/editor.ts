/**
 * What the tests do to the editor, and how they wait for it: always for something, never for a time.
 *
 * Everything goes through VS Code's public API, as if by a user or another extension.
 */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Longer than anything takes on a loaded machine, shorter than mocha's patience with one test. */
const patience = 20_000;
const interval = 50;

/** Polls `probe` until it answers with something; fails with `what` and the last state it described. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  state?: () => unknown,
): Promise<T> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
  const found = state === undefined ? '' : `; instead: ${JSON.stringify(state(), undefined, 1)}`;
  return assert.fail(`within ${String(patience / 1000)} s there should be ${what}${found}`);
}

/** Opens a file of the copied examples in an editor. */
export async function open(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the workspace has a folder');
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'drug-administration', name));
}

/** Types over the first match of `pattern`, without saving. The caret ends behind `text`. */
export async function typeOver(editor: vscode.TextEditor, pattern: RegExp, text: string): Promise<void> {
  const range = rangeOf(editor.document, pattern);
  assert.ok(
    await editor.edit((edit) => {
      edit.replace(range, text);
    }),
    'the edit was made',
  );
  const end = editor.document.positionAt(editor.document.offsetAt(range.start) + text.length);
  editor.selection = new vscode.Selection(end, end);
}

/** Where `pattern` first matches. */
export function rangeOf(document: vscode.TextDocument, pattern: RegExp): vscode.Range {
  const match = pattern.exec(document.getText());
  assert.ok(match, `${document.fileName} has ${String(pattern)}`);
  return new vscode.Range(
    document.positionAt(match.index),
    document.positionAt(match.index + match[0].length),
  );
}

/** Our diagnostics of one severity. */
export function problems(
  document: vscode.TextDocument,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => diagnostic.source === 'coding-spec' && diagnostic.severity === severity);
}

/** What an item of a completion list is called. */
export const labelOf = ({ label }: vscode.CompletionItem): string =>
  typeof label === 'string' ? label : label.label;

/** Waits for one of our diagnostics whose message contains `part`. */
export async function problemSaying(
  document: vscode.TextDocument,
  severity: vscode.DiagnosticSeverity,
  part: string,
): Promise<vscode.Diagnostic> {
  const find = () => problems(document, severity).find(({ message }) => message.includes(part));
  return until(`a diagnostic that says "${part}"`, find, () => messages(document));
}

/** Waits until none of our diagnostics says `part` any more. */
export async function noProblemSaying(
  document: vscode.TextDocument,
  severity: vscode.DiagnosticSeverity,
  part: string,
): Promise<void> {
  const gone = () =>
    problems(document, severity).some(({ message }) => message.includes(part)) ? undefined : true;
  await until(`no diagnostic that says "${part}"`, gone, () => messages(document));
}

/** All diagnostics of a document, for the messages of failed tests. */
export function messages(document: vscode.TextDocument): string[] {
  return vscode.languages.getDiagnostics(document.uri).map(({ source, severity, message, range }) => {
    return `${source ?? 'unknown'} ${vscode.DiagnosticSeverity[severity]} line ${String(range.start.line + 1)}: ${message}`;
  });
}

/** Sets one of our settings for the workspace; `undefined` takes it back. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('codingSpec')
    .update(name, value, vscode.ConfigurationTarget.Workspace);
}

/** Undoes all unsaved edits and closes all editors. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
