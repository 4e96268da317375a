/** What package.json claims of the extension, where something here can tell whether it is true. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { root } from './support.ts';

interface Setting {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly additionalProperties?: { readonly enum?: readonly string[] };
}

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly capabilities: Readonly<
    Record<'untrustedWorkspaces' | 'virtualWorkspaces', { readonly supported: boolean }>
  >;
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

describe('package.json', () => {
  test('supports untrusted workspaces: no setting can name a program, a file or an address', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    const free = Object.entries(manifest.contributes.configuration.properties)
      .filter(([, { type, enum: own, additionalProperties }]) => {
        if (type === 'object') return additionalProperties?.enum === undefined;
        return type !== 'boolean' && own === undefined;
      })
      .map(([name]) => name);
    assert.deepEqual(
      free,
      [],
      'such a setting belongs to restrictedConfigurations, or is no setting of a workspace',
    );
  });

  test('supports virtual workspaces, and has an entry for Node and one for browsers', () => {
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, true);
    for (const entry of [manifest.main, manifest.browser])
      assert.ok(existsSync(path.join(root, entry)), entry);
  });
});
