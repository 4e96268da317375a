/**
 * Beside the YAML extension that most people have: what both could say is said once. Its server is the real one, for the
 * languages that the extension names.
 */
import assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { variables } from '../harness/variables.mjs';
import { closeAll, messages, open, problemSaying, typeOver, until } from './editor.ts';

const { Error: error } = vscode.DiagnosticSeverity;
const article = 'encounters/article.encounter.yaml';

const ofOthers = ({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source !== 'coding-spec');

/** The names in the outline, of every extension that has one. */
async function outline({ uri }: vscode.TextDocument): Promise<readonly string[]> {
  const symbols = await vscode.commands.executeCommand<readonly vscode.DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  return (symbols ?? []).map(({ name }) => name);
}

describe('Coding Spec beside another YAML extension', () => {
  let other: LanguageClient;

  before(async () => {
    const module = process.env[variables.yamlServer];
    assert.ok(module !== undefined, 'the other server is there');
    other = new LanguageClient(
      'yaml',
      'YAML Support',
      { module, transport: TransportKind.ipc },
      { documentSelector: [{ language: 'yaml' }, { language: 'dockercompose' }] },
    );
    await other.start();
  });

  after(async () => {
    await other.stop();
  });

  afterEach(closeAll);

  it('says what is wrong with the YAML once, and shows one outline', async () => {
    const { document } = await open(article);
    assert.equal(document.languageId, 'coding-spec');
    const names = await until('an outline', async () => {
      const found = await outline(document);
      return found.length > 0 ? found : undefined;
    });
    await typeOver(await vscode.window.showTextDocument(document), /^claim: /m, 'payer: Cigna\nclaim: ');
    await problemSaying(document, error, 'stands twice');
    const plain = await vscode.workspace.openTextDocument({ language: 'yaml', content: 'a: 1\na: 2\n' });
    await until(
      'what the other says of plain YAML',
      () => ofOthers(plain)[0],
      () => messages(plain),
    );
    assert.deepEqual(ofOthers(document), []);
    assert.equal(new Set(names).size, names.length, names.join());
  });

  it('leaves a file to it, too, where a user has said that it is YAML', async () => {
    const { document } = await open(article);
    const yaml = await vscode.languages.setTextDocumentLanguage(document, 'yaml');
    await typeOver(await vscode.window.showTextDocument(yaml), /^claim: /m, 'payer: Cigna\nclaim: ');
    await problemSaying(yaml, error, 'stands twice');
    await until(
      'what the other says',
      () => ofOthers(yaml)[0],
      () => messages(yaml),
    );
  });
});
