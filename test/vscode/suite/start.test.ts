/**
 * Getting started: new documents, the workspace of examples, the walkthrough. The commands are given what a person would
 * be asked, as keybindings may.
 */
import assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import type { NewDocumentGiven, NewDocumentMade } from '../../../client/start/document.ts';
import type { ExamplesGiven, ExamplesMade } from '../../../client/start/examples.ts';
import { closeAll, messages, open, problemSaying, rangeOf, until } from './editor.ts';

const { Error: error, Information: information } = vscode.DiagnosticSeverity;

const root = (): vscode.Uri => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the workspace has a folder');
  return folder.uri;
};
const make = (command: string, given: NewDocumentGiven): Thenable<NewDocumentMade | undefined> =>
  vscode.commands.executeCommand(`codingSpec.${command}`, given);
const copy = (given: ExamplesGiven): Thenable<ExamplesMade | undefined> =>
  vscode.commands.executeCommand('codingSpec.newExampleWorkspace', given);

describe('Coding Spec to begin with', () => {
  const made: vscode.Uri[] = [];
  afterEach(async () => {
    await closeAll();
    for (const uri of made.splice(0)) await vscode.workspace.fs.delete(uri, { recursive: true });
  });

  it('makes an encounter beside the open file, with blanks to go through, and computes it', async () => {
    await open('encounters/article.encounter.yaml');
    const answer = await make('newEncounter', { name: 'second-visit' });
    assert.ok(answer && 'uri' in answer, JSON.stringify(answer));
    made.push(vscode.Uri.parse(answer.uri));
    assert.ok(answer.uri.endsWith('/drug-administration/encounters/second-visit.encounter.yaml'), answer.uri);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.equal(editor.document.uri.toString(), answer.uri);
    assert.equal(editor.document.languageId, 'coding-spec');
    assert.match(editor.document.getText(), /^encounter: second-visit\ndate: \d/u);
    const blank = (): string => editor.document.getText(editor.selection);
    assert.match(blank(), /^\d{4}-\d\d-\d\d$/u);
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await until('the next blank', () => (/^\d/u.test(blank()) ? undefined : true), blank);
    assert.deepEqual(editor.selection.start, rangeOf(editor.document, /(?<=^claim: )\w+/mu).start);
    await problemSaying(editor.document, information, ' × 1');
  });

  it('makes documents of every kind that are right as they come', async () => {
    const folder = vscode.Uri.joinPath(root(), 'new documents');
    made.push(folder);
    for (const [kind, name, file] of [
      ['spec', 'J9999', 'J9999.spec.yaml'],
      ['policy', 'plan-1', 'plan-1.policy.yaml'],
      ['table', 'limits', 'limits.table.yaml'],
      ['family', 'imaging', 'imaging.family.yaml'],
      ['codes', 'covered', 'covered.codes.csv'],
    ] as const) {
      const answer = await make('newDocument', { kind, name, folder: folder.fsPath });
      assert.deepEqual(answer, { uri: vscode.Uri.joinPath(folder, file).toString() });
    }
    const { document } = await vscode.window.showTextDocument(
      vscode.Uri.joinPath(folder, 'covered.codes.csv'),
    );
    assert.match(document.getText(), /^# /u);
  });

  it('refuses names that the format does not allow, and files that are there', async () => {
    const folder = vscode.Uri.joinPath(root(), 'drug-administration', 'encounters').toString();
    const refused = async (command: string, given: NewDocumentGiven): Promise<string> => {
      const answer = await make(command, given);
      return answer && 'refused' in answer ? answer.refused : JSON.stringify(answer);
    };
    assert.match(
      await refused('newEncounter', { name: 'Second Visit', folder }),
      /^“Second Visit” is not a name: /u,
    );
    assert.match(
      await refused('newSpecification', { name: '96', folder }),
      /^“96” is not written as a procedure code/u,
    );
    assert.equal(
      await refused('newEncounter', { name: 'article', folder }),
      'article.encounter.yaml is in this folder already.',
    );
    const { document } = await open('encounters/article.encounter.yaml');
    assert.ok(!document.isDirty);
  });

  it('copies the examples into an empty folder, where they have no errors, and writes over nothing', async () => {
    const folder = vscode.Uri.joinPath(root(), 'empty');
    made.push(folder);
    const answer = await copy({ folder: folder.toString(), open: false });
    assert.deepEqual(answer, { folder: folder.toString() });
    const first = vscode.Uri.joinPath(folder, 'encounters', '1-first-visit.encounter.yaml');
    const { document } = await vscode.window.showTextDocument(first);
    await problemSaying(document, information, '96366 × 1');
    assert.deepEqual(
      messages(document).filter((message) => message.includes(vscode.DiagnosticSeverity[error])),
      [],
    );

    const beside = await copy({ folder: folder.toString(), open: false });
    const own = vscode.Uri.joinPath(folder, 'coding-spec-examples');
    assert.deepEqual(beside, { folder: own.toString() });
    const again = await copy({ folder: folder.toString(), open: false });
    assert.ok(again && 'refused' in again, JSON.stringify(again));
    assert.match(again.refused, /^Nothing was written: .*coding-spec-examples has .* already/u);
  });

  it('opens its walkthrough', async () => {
    await vscode.commands.executeCommand('codingSpec.openWalkthrough');
    const titles = (): string[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until('its tab', () => titles().find((label) => /Welcome|Walkthrough/u.test(label)), titles);
  });
});
