/** Views beside the text: what they show, that they follow the cursor and the text, and that they write nothing of their own. */
import assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import type { Api } from '../../../client/api.ts';
import type { ViewKind } from '../../../server/protocol/views.ts';
import { closeAll, open, rangeOf, typeOver, until } from './editor.ts';

const article = 'encounters/article.encounter.yaml';
const specification = 'specs/cpt-96365.spec.yaml';

/** Waits until a view has a text. */
async function viewHas(kind: ViewKind, text: RegExp): Promise<void> {
  const api = vscode.extensions.getExtension<Api>('coding-spec.coding-spec')?.exports;
  assert.ok(api, 'the extension is active');
  const body = (): string => {
    const view = api.shownView(kind);
    return view === undefined ? '' : 'nothing' in view ? view.nothing : view.body;
  };
  await until(`${String(text)} in the ${kind}`, () => (text.test(body()) ? true : undefined), body);
}

const panels = (): readonly string[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label),
  );

function putCaret(editor: vscode.TextEditor, pattern: RegExp): void {
  const { start } = rangeOf(editor.document, pattern);
  editor.selection = new vscode.Selection(start, start);
}

describe('Coding Spec beside the text', () => {
  afterEach(async () => {
    await closeAll();
  });

  it('shows the timeline of the encounter at the cursor, and follows it and the text', async () => {
    const editor = await open(article);
    putCaret(editor, /95-minutes/);
    await vscode.commands.executeCommand('codingSpec.showTimeline');
    await viewHas('timeline', /Timeline of dehydration-with-vomiting-95-minutes[\s\S]*96366 × 1/);
    await until(
      'its title',
      () => (panels()[0] === 'Timeline of dehydration-with-vomiting-95-minutes' ? true : undefined),
      panels,
    );
    putCaret(editor, /88-minutes/);
    await viewHas('timeline', /Timeline of dehydration-with-vomiting-88-minutes/);
    await typeOver(editor, /(?<=stop: ")11:28/, '11:31');
    await viewHas('timeline', /88-minutes[\s\S]*96366 × 1/);
  });

  it('shows a specification as an article, its payers and the impact of what is not saved', async () => {
    const encounter = await open(article);
    putCaret(encounter, /95-minutes/);
    await vscode.commands.executeCommand('codingSpec.comparePayers');
    await viewHas('comparison', /Units by payer and line/);
    const editor = await open(specification);
    await vscode.commands.executeCommand('codingSpec.showArticle');
    await viewHas('article', /First hour/);
    await vscode.commands.executeCommand('codingSpec.showImpact');
    await viewHas('impact', /has unsaved changes/);
    await typeOver(editor, /(?<=at_least: )16 min/, '31 min');
    await viewHas('impact', /of \d+ encounters have other lines/);
    await until('three views', () => (panels().length === 3 ? true : undefined), panels);
  });

  it('may be closed at any moment of its answer', async () => {
    const editor = await open(article);
    putCaret(editor, /95-minutes/);
    for (let wait = 0; wait < 24; wait += 2) {
      await vscode.commands.executeCommand('codingSpec.showTimeline');
      await viewHas('timeline', /96366 × 1/);
      // What fails after the view is closed is an unhandled rejection, which fails the run.
      void vscode.commands.executeCommand('codingSpec.showTimeline');
      await new Promise((resolve) => setTimeout(resolve, wait));
      await vscode.window.tabGroups.close(
        vscode.window.tabGroups.all.flatMap(({ tabs }) =>
          tabs.filter(({ input }) => input instanceof vscode.TabInputWebview),
        ),
      );
    }
  });
});
