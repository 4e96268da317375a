/** Views between client and server: what stands at a place as a page, and why there is none. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { viewRequest, type ShownView, type View, type ViewKind } from '../../server/protocol/views.ts';
import { drugAdministration } from '../support/examples.ts';
import { serve, uriOf, type ServerUnderTest } from '../support/lsp.ts';
import { infusion } from '../cli/support.ts';

const started: ServerUnderTest[] = [];
after(async () => {
  // What servers put off for a moment is sent before they are closed.
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const server of started) server.close();
});

const rules = Object.fromEntries(
  drugAdministration.map(({ path, text }) => [path.replace(/^.*\//, ''), text]),
);
const SPEC = 'cpt-96365.spec.yaml';
const ENCOUNTER = `${infusion(20)}expect: [{code: "96365", units: 1}]\n`;

async function start(more: Readonly<Record<string, string>> = {}): Promise<ServerUnderTest> {
  const server = await serve({ ...rules, 'in a folder/e.encounter.yaml': ENCOUNTER, ...more });
  started.push(server);
  return server;
}

const ask = (on: ServerUnderTest, kind: ViewKind, name: string, line = 0, asFile = false): Promise<View> =>
  on.client.sendRequest(viewRequest, { kind, uri: uriOf(name), position: { line, character: 3 }, asFile });

async function shown(
  on: ServerUnderTest,
  kind: ViewKind,
  name: string,
  line = 0,
  asFile = false,
): Promise<ShownView> {
  const view = await ask(on, kind, name, line, asFile);
  assert.ok('title' in view, JSON.stringify(view));
  return view;
}

const E = 'in%20a%20folder/e.encounter.yaml';

describe('views', () => {
  it('the timeline of an encounter, with the way to its administrations', async () => {
    const on = await start();
    const line = ENCOUNTER.split('\n').findIndex((text) => text.includes('substance:'));
    const view = await shown(on, 'timeline', E, line, true);
    assert.match(view.title, /^Timeline of /);
    assert.match(view.body, /<svg [\s\S]*selected[\s\S]*96365 × 1/);
    assert.deepEqual(
      view.places.map(({ uri }) => uri),
      [uriOf(E)],
    );
    assert.match(view.html ?? '', /^<!DOCTYPE html>[\s\S]*default-src &#39;none&#39;/);
    assert.match(view.svg ?? '', /^<svg /);
  });

  it('a specification as an article, with what is not saved', async () => {
    const on = await start();
    const text = (rules[SPEC] ?? '').replace('at_least: 16 min', 'at_least: 22 min');
    await on.open(SPEC, text);
    const view = await shown(on, 'article', SPEC);
    assert.match(view.title, /96365/);
    assert.match(view.body, /A unit takes at least 22 min/);
    assert.equal(view.svg, undefined);
    assert.equal(view.html, undefined, 'a file is there when it is asked for');
    assert.match((await shown(on, 'article', SPEC, 0, true)).html ?? '', /^<!DOCTYPE html>/);
  });

  it('an encounter for each payer, with files by their place in the workspace', async () => {
    const view = await shown(await start(), 'comparison', E);
    assert.match(view.body, /<code>in a folder\/e\.encounter\.yaml<\/code>/);
    assert.ok(!view.body.includes('file:///'), view.body);
  });

  it('what unsaved changes do to every encounter, those first that no longer agree', async () => {
    const unexpected = infusion(18).replace('encounter: ', 'encounter: another-');
    const on = await start({ 'f.encounter.yaml': unexpected });
    assert.match((await shown(on, 'impact', SPEC)).body, /has unsaved changes/);
    await on.open(SPEC, rules[SPEC] ?? '');
    await on.change(SPEC, (rules[SPEC] ?? '').replace('at_least: 16 min', 'at_least: 31 min'));
    await on.until('the saved text to be known', async () =>
      (await shown(on, 'impact', SPEC)).body.includes('2 of 2 encounters have other lines'),
    );
    const view = await shown(on, 'impact', SPEC);
    assert.match(view.body, /no longer agrees[\s\S]*expects nothing/);
    assert.match(view.body, /<span class="gone">96365 × 1<\/span>/);
    assert.deepEqual(view.places.length, 2);
  });

  it('say why there is nothing to show', async () => {
    const on = await start();
    const nothing = async (kind: ViewKind, name: string): Promise<string> => {
      const view = await ask(on, kind, name);
      return 'nothing' in view ? view.nothing : '';
    };
    assert.match(await nothing('timeline', SPEC), /in no encounter/);
    assert.match(await nothing('article', E), /in no specification/);
    assert.match(await nothing('comparison', 'gone.encounter.yaml'), /in no encounter/);
    const misread: View = await on.client.sendRequest(viewRequest, { kind: 'portrait', uri: 4 });
    assert.deepEqual(misread, { nothing: '`kind` must be one of timeline, article, comparison, impact.' });
  });
});
