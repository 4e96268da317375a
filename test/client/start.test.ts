/** Where new files may go, without an editor. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foldersToOffer, isAsGoodAsEmpty, someOf } from '../../client/start/places.ts';

describe('the folders that are offered for a new document', () => {
  const roots = ['file:///a', 'file:///b/'];

  it('begin with that of the file in the editor, and name each folder once', () => {
    assert.deepEqual(foldersToOffer('file:///a/encounters/x.encounter.yaml', roots), [
      'file:///a/encounters',
      'file:///a',
      'file:///b',
    ]);
    assert.deepEqual(foldersToOffer('file:///b/x.yaml', roots), ['file:///b', 'file:///a']);
  });

  it('leave out what is not in a folder, and may be none', () => {
    assert.deepEqual(foldersToOffer('untitled:Untitled-1', roots), ['file:///a', 'file:///b']);
    assert.deepEqual(foldersToOffer(undefined, []), []);
  });
});

describe('a folder for examples', () => {
  it('is as good as empty with what tools leave there', () => {
    assert.ok(isAsGoodAsEmpty([]));
    assert.ok(isAsGoodAsEmpty(['.git', '.vscode']));
    assert.ok(!isAsGoodAsEmpty(['.git', 'README.md']));
    assert.ok(!isAsGoodAsEmpty(['.bashrc']));
  });

  it('is refused with the first of the files that it has', () => {
    assert.equal(someOf(['a.yaml']), 'a.yaml');
    assert.equal(someOf(['a.yaml', 'b.yaml', 'c.yaml']), 'a.yaml (+2)');
  });
});
