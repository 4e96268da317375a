/** The page of a view: nothing runs there but our own script, and text stays text. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { viewBody, viewHtml } from '../../client/views/page.ts';

const VIEW = { title: 'A <title>', body: '<p data-place="0">x</p>', style: 'p {}', places: [], html: '' };

describe('the page of a view', () => {
  it('lets nothing in but what has the nonce', () => {
    const html = viewHtml(VIEW, 'abc', { uri: 'x' });
    assert.match(
      html,
      /content="default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'; base-uri 'none'; form-action 'none'"/,
    );
    assert.equal(html.match(/<script/g)?.length, html.match(/<script nonce="abc">/g)?.length);
    assert.equal(html.match(/<style/g)?.length, html.match(/<style nonce="abc">/g)?.length);
    assert.ok(!/ style="| on\w+="/.test(html), 'inline styles and handlers would be refused');
  });

  it('escapes titles, reasons and the state', () => {
    assert.match(viewHtml(VIEW, 'n', null), /<title>A &#60;title&#62;<\/title>/);
    assert.match(viewHtml({ nothing: '<b>' }, 'n', null), /role="status">&#60;b&#62;<\/p>/);
    assert.ok(!viewHtml(VIEW, 'n', { uri: '</script><b>' }).includes('</script><b>'));
    assert.equal(viewBody(VIEW), VIEW.body);
  });
});
