/** Moving around and renaming over real JSON-RPC, across files that are open, unsaved, closed, or of the library. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type DefinitionLink,
  type DocumentHighlight,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type LinkedEditingRanges,
  type Location,
  type Range,
  type SelectionRange,
  type SymbolInformation,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver/node';
import { serve, uriOf, type ServerUnderTest } from '../support/lsp.ts';

const FAMILY = `family: field
title: Field
effective: {from: 2020-01-01}
facts:
  route: {definition: How., values: {vein: {definition: Into a vein.}}}
classes: [{class: drip, title: Drip, when: {route: vein}}]
groups: {by: [access_site]}
positions: {initial: {among: [drip], choose: [{id: all, rank: [{by: earliest}]}]}}
`;
const SPEC = `spec: "12345"
title: First
family: field
effective: {from: 2020-01-01}
reports: {class: drip, as: initial}
---
spec: "12346"
title: Further
family: field
effective: {from: 2020-01-01}
reports: {class: drip, as: additional-time, of: ["12345"]}
`;
const ENCOUNTER = `encounter: visit
date: 2026-03-02
claim: professional
place_of_service: "11"
administrations:
  - {id: a, substance: x, route: vein, access_site: arm}
  - {substance: y, route: vein, access_site: arm, concurrent_with: a}
expect:
  - {code: "12345"}
`;
const files = {
  'field.family.yaml': FAMILY,
  'codes.spec.yaml': SPEC,
  'visit.encounter.yaml': ENCOUNTER,
  'library/other.family.yaml':
    'family: other\ntitle: Other\nclasses: [{class: c, title: C, when: {x: "1"}}]\n',
  'library/c.spec.yaml':
    'spec: "55555"\ntitle: C\nfamily: other\neffective: {from: 2020-01-01}\nreports: {class: c, as: each}\n',
};

describe('the server', () => {
  const servers: ServerUnderTest[] = [];
  const start = async (options: Parameters<typeof serve>[1] = {}): Promise<ServerUnderTest> => {
    const server = await serve(files, options);
    servers.push(server);
    return server;
  };
  after(async () => {
    // What is worked out while nobody asks comes to its end first.
    await new Promise((resolve) => setTimeout(resolve, 600));
    for (const server of servers) server.close();
  });

  /** The place of a piece of a file's text; `into` is how far into the piece. */
  const at = (name: keyof typeof files, piece: string, into = 0, text: string = files[name]): object => {
    const offset = text.indexOf(piece);
    assert.ok(offset !== -1, `${piece} is not in ${name}`);
    const before = text.slice(0, offset + into).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const uri = name.startsWith('library/') ? `file:///${name}` : uriOf(name);
    return { textDocument: { uri }, position };
  };
  const spot = ({ uri, range }: Location): string =>
    `${uri.slice(uri.lastIndexOf('/') + 1)}:${String(range.start.line)}:${String(range.start.character)}`;
  const textAt = (text: string, { start, end }: Range): string =>
    (text.split('\n')[start.line] ?? '').slice(start.character, end.character);

  it('goes to a definition in another file', async () => {
    const { client } = await start();
    const found: Location[] = await client.sendRequest(
      'textDocument/definition',
      at('visit.encounter.yaml', '"12345"', 3),
    );
    assert.deepEqual(found.map(spot), ['codes.spec.yaml:0:7']);
  });

  it('goes to what was not saved, and says all that is defined to a client that wants it', async () => {
    const { client, open } = await start({
      capabilities: { textDocument: { diagnostic: {}, definition: { linkSupport: true } } },
    });
    const text = `# a comment\n${FAMILY}`;
    await open('field.family.yaml', text);
    const [link] = await client.sendRequest<DefinitionLink[]>(
      'textDocument/definition',
      at('codes.spec.yaml', 'drip', 1),
    );
    assert.ok(link);
    assert.equal(link.targetUri, uriOf('field.family.yaml'));
    assert.equal(textAt(text, link.targetSelectionRange), 'drip');
    assert.equal(textAt(text, link.targetRange), '{class: drip, title: Drip, when: {route: vein}}');
    assert.equal(link.originSelectionRange && textAt(SPEC, link.originSelectionRange), 'drip');
  });

  it('goes into the library, and answers with nothing where nothing is named', async () => {
    const { client, open } = await start();
    await open('new.spec.yaml', 'spec: "12347"\nfamily: other\n');
    const ask = (character: number, line: number): Promise<Location[] | null> =>
      client.sendRequest('textDocument/definition', {
        textDocument: { uri: uriOf('new.spec.yaml') },
        position: { line, character },
      });
    assert.deepEqual(
      (await ask(10, 1))?.map(({ uri }) => uri),
      ['file:///library/other.family.yaml'],
    );
    assert.equal(await ask(2, 1), null);
    assert.equal(await ask(2, 40), null);
  });

  it('goes to the class of an administration', async () => {
    const { client } = await start();
    const found: Location[] = await client.sendRequest(
      'textDocument/typeDefinition',
      at('visit.encounter.yaml', 'substance: x', 11),
    );
    assert.deepEqual(found.map(spot), ['field.family.yaml:5:11']);
  });

  it('finds references with and without the declaration', async () => {
    const { client } = await start();
    const ask = (includeDeclaration: boolean): Promise<Location[]> =>
      client.sendRequest('textDocument/references', {
        ...at('codes.spec.yaml', '12345'),
        context: { includeDeclaration },
      });
    assert.deepEqual((await ask(true)).map(spot).sort(), [
      'codes.spec.yaml:0:7',
      'codes.spec.yaml:10:50',
      'visit.encounter.yaml:8:12',
    ]);
    assert.deepEqual((await ask(false)).map(spot).sort(), [
      'codes.spec.yaml:10:50',
      'visit.encounter.yaml:8:12',
    ]);
  });

  it('highlights what is named in the file', async () => {
    const { client } = await start();
    const found: DocumentHighlight[] = await client.sendRequest(
      'textDocument/documentHighlight',
      at('visit.encounter.yaml', 'id: a', 4),
    );
    assert.deepEqual(
      found.map(({ range, kind }) => [range.start.line, kind]),
      [
        [5, 3],
        [6, 2],
      ],
    );
  });

  it('renames across files, the unsaved ones as they are in the editor', async () => {
    const { client, open, initialized } = await start({
      capabilities: { textDocument: { diagnostic: {}, rename: { prepareSupport: true } } },
    });
    assert.deepEqual(initialized.capabilities.renameProvider, { prepareProvider: true });
    const unsaved = SPEC.replace('First', 'First of two');
    await open('codes.spec.yaml', `# moved down\n${unsaved}`);
    const prepared: { range: Range; placeholder: string } = await client.sendRequest(
      'textDocument/prepareRename',
      at('field.family.yaml', 'drip', 2),
    );
    assert.equal(prepared.placeholder, 'drip');
    assert.equal(textAt(FAMILY, prepared.range), 'drip');
    const { changes = {} }: WorkspaceEdit = await client.sendRequest('textDocument/rename', {
      ...at('field.family.yaml', 'drip', 2),
      newName: 'slow-drip',
    });
    assert.deepEqual(Object.keys(changes).sort(), [uriOf('codes.spec.yaml'), uriOf('field.family.yaml')]);
    assert.deepEqual(
      changes[uriOf('codes.spec.yaml')]?.map(({ range, newText }) => [range.start.line, newText]),
      [
        [5, 'slow-drip'],
        [11, 'slow-drip'],
      ],
    );
  });

  it('refuses a rename with a sentence', async () => {
    const { client, heard, initialized } = await start();
    assert.equal(initialized.capabilities.renameProvider, true, 'this client cannot prepare');
    const refused = (params: object, method: string, sentence: RegExp): Promise<void> =>
      assert.rejects(client.sendRequest(method, params), (error: Error) => sentence.test(error.message));
    await refused(at('codes.spec.yaml', '12345'), 'textDocument/prepareRename', /^12345 is a code/);
    await refused(
      { ...at('library/c.spec.yaml', 'family: other', 10), newName: 'x' },
      'textDocument/rename',
      /built-in library/,
    );
    await refused(
      { ...at('field.family.yaml', 'drip', 2), newName: 'Two words' },
      'textDocument/rename',
      /"Two words" is not a name/,
    );
    assert.ok(
      !heard.some(({ params }) => (params as { state?: string } | undefined)?.state === 'error'),
      'no fault is told',
    );
  });

  it('links what is edited together in an encounter', async () => {
    const { client } = await start();
    const found: LinkedEditingRanges = await client.sendRequest(
      'textDocument/linkedEditingRange',
      at('visit.encounter.yaml', 'arm', 1),
    );
    assert.deepEqual(
      found.ranges.map(({ start: { line } }) => line),
      [5, 6],
    );
    assert.match('left arm', new RegExp(`^(?:${found.wordPattern ?? ''})$`));
  });

  it('tells what is in a file, nested or flat as the client takes it', async () => {
    const nested = await start({
      capabilities: {
        textDocument: { diagnostic: {}, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
      },
    });
    const textDocument = { uri: uriOf('visit.encounter.yaml') };
    const [visit]: DocumentSymbol[] = await nested.client.sendRequest('textDocument/documentSymbol', {
      textDocument,
    });
    assert.deepEqual([visit?.name, visit?.detail], ['visit', '12345 × 1, 12346 × 1']);
    assert.deepEqual(
      visit?.children?.map(({ name, range }) => [name, range.start.line]),
      [
        ['x', 5],
        ['y', 6],
        ['expect', 7],
      ],
    );
    const flat = await start();
    const symbols: SymbolInformation[] = await flat.client.sendRequest('textDocument/documentSymbol', {
      textDocument,
    });
    assert.deepEqual(
      symbols.map(({ name, containerName }) => [name, containerName]),
      [
        ['visit', undefined],
        ['x', 'visit'],
        ['y', 'visit'],
        ['expect', 'visit'],
        ['12345', 'expect'],
      ],
    );
  });

  it('finds symbols in all files, the unsaved ones as they are in the editor', async () => {
    const { client, open } = await start();
    await open('codes.spec.yaml', `# moved down\n${SPEC}`);
    const found: WorkspaceSymbol[] = await client.sendRequest('workspace/symbol', { query: '12346' });
    assert.deepEqual(
      found.map(({ name, containerName, location }) => [name, containerName, spot(location as Location)]),
      [['12346 Further', 'field', 'codes.spec.yaml:7:7']],
    );
    const all: WorkspaceSymbol[] = await client.sendRequest('workspace/symbol', { query: '' });
    assert.ok(all.some(({ name }) => name === 'visit') && all.some(({ name }) => name === '55555 C'));
  });

  it('finds links to addresses and to other files', async () => {
    const { client, open } = await start();
    await open('new.spec.yaml', '# as codes.spec.yaml, and https://example.org/a\nspec: "12347"\n');
    const links: DocumentLink[] = await client.sendRequest('textDocument/documentLink', {
      textDocument: { uri: uriOf('new.spec.yaml') },
    });
    assert.deepEqual(
      links.map(({ target }) => target),
      [uriOf('codes.spec.yaml'), 'https://example.org/a'],
    );
  });

  it('folds whole lines, and no more than the client takes', async () => {
    const ask = async (foldingRange: object): Promise<number[][]> => {
      const { client } = await start({ capabilities: { textDocument: { diagnostic: {}, foldingRange } } });
      const found: FoldingRange[] = await client.sendRequest('textDocument/foldingRange', {
        textDocument: { uri: uriOf('visit.encounter.yaml') },
      });
      return found.map(({ startLine, endLine }) => [startLine, endLine]);
    };
    assert.deepEqual(await ask({}), [
      [0, 8],
      [4, 6],
      [7, 8],
    ]);
    assert.deepEqual(await ask({ rangeLimit: 1 }), [[0, 8]]);
  });

  it('lets selections grow', async () => {
    const { client } = await start();
    const place = at('visit.encounter.yaml', 'route: vein', 9) as { textDocument: object; position: object };
    const [first]: SelectionRange[] = await client.sendRequest('textDocument/selectionRange', {
      textDocument: place.textDocument,
      positions: [place.position],
    });
    const texts: string[] = [];
    for (let range = first; range; range = range.parent) texts.push(textAt(ENCOUNTER, range.range));
    assert.deepEqual(texts.slice(0, 4), [
      'vein',
      'route: vein',
      '{id: a, substance: x, route: vein, access_site: arm}',
      '- {id: a, substance: x, route: vein, access_site: arm}',
    ]);
  });

  it('goes from a code to its add-ons, and back', async () => {
    const { client } = await start();
    const [item]: CallHierarchyItem[] = await client.sendRequest(
      'textDocument/prepareCallHierarchy',
      at('visit.encounter.yaml', '12345', 1),
    );
    assert.deepEqual([item?.name, item?.detail], ['12345', 'First']);
    const addOns: CallHierarchyIncomingCall[] = await client.sendRequest('callHierarchy/incomingCalls', {
      item,
    });
    assert.deepEqual(
      addOns.map(({ from, fromRanges }) => [from.name, ...fromRanges.map((range) => textAt(SPEC, range))]),
      [['12346', '"12345"']],
    );
    const primaries: CallHierarchyOutgoingCall[] = await client.sendRequest('callHierarchy/outgoingCalls', {
      item: addOns[0]?.from,
    });
    assert.deepEqual(
      primaries.map(({ to }) => to.name),
      ['12345'],
    );
    const nothing: unknown = await client.sendRequest('callHierarchy/incomingCalls', {
      item: { ...item, data: null },
    });
    assert.deepEqual(nothing, []);
  });

  it('ends a search that is cancelled', async () => {
    const { client, open } = await start();
    const text = Array.from({ length: 3000 }, (_, i) => ENCOUNTER.replace('visit', `visit-${String(i)}`));
    await open('many.encounter.yaml', text.join('---\n'));
    const source = new CancellationTokenSource();
    const asked = client.sendRequest(
      'textDocument/references',
      { ...at('codes.spec.yaml', '12345'), context: { includeDeclaration: true } },
      source.token,
    );
    setTimeout(() => {
      source.cancel();
    }, 50);
    await assert.rejects(asked, (error: { code?: number }) => error.code === LSPErrorCodes.RequestCancelled);
    await client.sendNotification('textDocument/didClose', {
      textDocument: { uri: uriOf('many.encounter.yaml') },
    });
  });
});
