/** The configuration for Helix, as far as it can be looked at without Helix: Debian 12 has no package of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'smol-toml';
import { configurationText } from './support.mjs';

describe('helix.toml', () => {
  const {
    language: [language, ...others],
    'language-server': servers,
  } = /** @type {{language: Record<string, unknown>[], 'language-server': Record<string, unknown>}} */ (
    /** @type {unknown} */ (parse(configurationText('helix.toml')))
  );

  it('starts the command that the other configurations start, with the same settings', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(servers)), {
      'coding-spec': {
        command: 'coding-spec',
        args: ['lsp'],
        config: { codingSpec: { lines: { show: 'diagnostics' } } },
      },
    });
  });

  it('has a language of its own for our files, with that server', () => {
    assert.deepEqual(others, []);
    assert.deepEqual(language?.['language-servers'], ['coding-spec']);
    assert.deepEqual(JSON.parse(JSON.stringify(language?.['file-types'])), [
      { glob: '*.{family,spec,policy,table,encounter}.{yaml,yml}' },
      { glob: '*.codes.csv' },
    ]);
  });
});
