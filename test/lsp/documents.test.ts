/** New documents over the wire: what a client gets to begin with, and what it is refused. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newDocumentRequest, type NewDocumentResult } from '../../server/protocol/documents.ts';
import { serve, type ServerUnderTest } from '../support/lsp.ts';

describe('new documents', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await serve({});
  });
  after(async () => {
    // What servers put off for a moment is sent before they are closed.
    await new Promise((resolve) => setTimeout(resolve, 200));
    server.close();
  });
  const ask = (params: unknown): Promise<NewDocumentResult> =>
    server.client.sendRequest(newDocumentRequest, params);

  it('have a file name, blanks, and their own name', async () => {
    const made = await ask({ kind: 'policy', name: ' plan-1 ' });
    assert.ok('file' in made, JSON.stringify(made));
    assert.equal(made.file, 'plan-1.policy.yaml');
    assert.match(made.text, /^policy: plan-1\npayer: /);
    assert.match(made.snippet, /^policy: plan-1\npayer: \$\{1[:|]/);
    const visit = await ask({ kind: 'encounter', name: 'visit', today: '2026-11-29' });
    assert.match('text' in visit ? visit.text : '', /^encounter: visit\ndate: 2026-11-29\n/);
    const odd = await ask({ kind: 'encounter', name: 'visit', today: '2026-02-30' });
    assert.match('text' in odd ? odd.text : '', /^encounter: visit\ndate: 2026-03-02\n/);
  });

  it('are refused with a sentence', async () => {
    for (const [params, sentence] of [
      [{ kind: 'spec', name: 'x' }, /^“x” is not written as a procedure code/],
      [{ kind: 'article', name: 'x' }, /^`kind` is one of family, spec, policy, table, encounter, codes\.$/],
      [{ kind: 'spec' }, /^`name` must be text\.$/],
    ] as const) {
      const answer = await ask(params);
      assert.match('refused' in answer ? answer.refused : '', sentence);
    }
  });
});
