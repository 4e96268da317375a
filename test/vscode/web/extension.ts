/**
 * The extension in a web extension host: what is not the same there as on Node. VS Code loads it with `run`, as it does a suite of
 * mocha; the report is a file of the workspace, since a browser has no other place.
 */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { writeCodeSet } from '../../../server/core/index.ts';
import type { InstallResult } from '../../../server/protocol/codes.ts';
import { DIAGNOSES, info } from '../../support/code-sets.ts';
import {
  closeAll,
  messages,
  open,
  problems,
  problemSaying,
  rangeOf,
  typeOver,
  until,
} from '../suite/editor.ts';
import type { Failure, Report } from '../suite/report.ts';

/** Only checks whose title matches; the build puts it in. */
declare const GREP: string;

const { Error: error, Information: information } = vscode.DiagnosticSeverity;
const article = 'encounters/article.encounter.yaml';
const firstHour = '96365 × 1';

const checks: Readonly<Record<string, () => Promise<void>>> = {
  'runs without Node, from a web site, in a workspace that nobody trusts, and starts when one of its files is opened':
    async () => {
      assert.ok(!('process' in globalThis), 'there is no process');
      const extension = vscode.extensions.getExtension('coding-spec.coding-spec');
      assert.ok(extension, 'the extension is there');
      assert.match(extension.extensionUri.scheme, /^http$/u);
      assert.ok(!vscode.workspace.isTrusted, 'the workspace is not trusted');
      await open(article);
      await until('an active extension', () => extension.isActive || undefined);
    },

  'shows the lines of an encounter in a folder that only the client can read': async () => {
    const { document } = await open(article);
    assert.match(document.uri.scheme, /^vscode-remote$/u);
    const isExplained = ({ message, relatedInformation = [] }: vscode.Diagnostic): boolean =>
      message.includes(firstHour) && relatedInformation.length > 0;
    await until(
      'a line with its clauses',
      () => problems(document, information).find(isExplained),
      () => messages(document),
    );
    assert.ok(problems(document, error).length === 0, messages(document).join('\n'));
  },

  'follows what is typed, in rules as well': async () => {
    const { document } = await open('encounters/durations.encounter.yaml');
    await problemSaying(document, information, firstHour);
    const specification = await open('specs/cpt-96365.spec.yaml');
    await typeOver(specification, /(?<=\bat_least: )16 min/u, '20 min');
    await until(
      'an unmet expectation',
      () => problems(document, error)[0],
      () => messages(document),
    );
  },

  'completes a diagnosis from a release in the workspace': async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the workspace has a folder');
    const release = vscode.Uri.joinPath(folder.uri, '.coding-spec', 'codes', 'icd-10-cm.FY2026.codes');
    await vscode.workspace.fs.writeFile(release, writeCodeSet(info(), DIAGNOSES));
    // This build of VS Code cannot watch folders.
    await vscode.commands.executeCommand('codingSpec.restartServer');
    const editor = await open(article);
    // One of the release, and of nothing else in the workspace.
    await typeOver(editor, /(?<=^diagnoses: \[)E86\.0/mu, 'sjogren');
    await until('M35.00 among the completions', async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        editor.document.uri,
        editor.selection.active,
      );
      return items.find(({ label }) => JSON.stringify(label).includes('M35.00'));
    });
  },

  'explains an administration on hover': async () => {
    const { document } = await open(article);
    await problemSaying(document, information, firstHour);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      rangeOf(document, /\bsubstance:/u).start,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value));
    assert.match(text.join('\n'), /96365/u);
  },

  'lists its tests': async () => {
    const { document } = await open(article);
    await until('tests of the file', async () => {
      const found = await vscode.commands.executeCommand<string[][]>(
        'vscode.testing.getTestsInFile',
        document.uri,
      );
      return found.length > 0 ? found : undefined;
    });
  },

  'says why no release is installed, and starts a fresh worker': async () => {
    const result = await vscode.commands.executeCommand<InstallResult>('codingSpec.installCodeSet', {
      source: 'icd-10-cm-fy2027',
    });
    assert.ok(result.outcome === 'failed', JSON.stringify(result));
    assert.match(result.message, /^In a browser no release can be installed/u);
    const { document } = await open(article);
    await vscode.commands.executeCommand('codingSpec.restartServer');
    await problemSaying(document, information, firstHour);
  },
};

/** Called by VS Code; rejects when a check failed. */
export async function run(): Promise<void> {
  const passes: string[] = [];
  const failures: Failure[] = [];
  for (const [title, check] of Object.entries(checks)) {
    if (!new RegExp(GREP, 'u').test(title)) continue;
    try {
      await check();
      passes.push(title);
    } catch (reason) {
      failures.push({
        title,
        message: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
      });
    }
    await closeAll();
  }
  const report: Report = { passes, failures, pending: [] };
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('The workspace has no folder.');
  const bytes = new TextEncoder().encode(JSON.stringify(report));
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, 'report.json'), bytes);
  if (failures.length > 0) throw new Error(`${String(failures.length)} failed`);
}
