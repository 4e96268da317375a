/**
 * The Test Explorer's tree: folders, files, and the encounters in them that expect something. Files come first; their
 * encounters are asked for when somebody looks into a file or runs it, so that tens of thousands cost nothing until then.
 */
import {
  Uri,
  workspace,
  type CancellationToken,
  type TestController,
  type TestItem,
  type TestItemCollection,
} from 'vscode';
import type { ListedTest, TestsChanged } from '../../server/protocol/tests.ts';
import { toRange } from '../places.ts';
import type { TestServer } from './server.ts';

/** A file, with what the server knows of it. */
interface FileNode {
  readonly item: TestItem;
  readonly uri: string;
  /** Whether its encounters are in the tree. */
  isListed: boolean;
}

export interface TestTree {
  /** Asks for all files anew. */
  readonly refresh: (token?: CancellationToken) => Promise<void>;
  /** Lists the encounters of an item, if it is a file. */
  readonly resolve: (item: TestItem) => Promise<void>;
  /** Lists the encounters of files that are not listed yet. */
  readonly list: (files: readonly TestItem[], token?: CancellationToken) => Promise<void>;
  /** The editor shows the tests of an open file beside its text. */
  readonly opened: (uri: Uri) => Promise<void>;
  readonly changed: (news: TestsChanged) => Promise<void>;
  /** The file items at and below an item, in order. */
  readonly filesBelow: (item: TestItem) => readonly TestItem[];
  readonly files: () => readonly TestItem[];
  readonly isFile: (item: TestItem) => boolean;
  readonly fileOf: (uri: string) => TestItem | undefined;
}

export function createTree(controller: TestController, server: () => TestServer | undefined): TestTree {
  const files = new Map<string, FileNode>();

  const add = (uri: string): FileNode => {
    const known = files.get(uri);
    if (known) return known;
    const path = Uri.parse(uri);
    const item = controller.createTestItem(uri, nameOf(path), path);
    item.canResolveChildren = true;
    parentOf(controller, path).add(item);
    const node = { item, uri, isListed: false };
    files.set(uri, node);
    return node;
  };
  const remove = ({ item, uri }: FileNode): void => {
    files.delete(uri);
    removeWithEmptyParents(controller, item);
  };

  const list = async (nodes: readonly FileNode[], token?: CancellationToken): Promise<void> => {
    const listed = await server()?.list(
      nodes.map(({ uri }) => uri),
      token,
    );
    for (const { uri, tests } of listed ?? []) {
      const node = files.get(uri);
      if (!node) continue;
      node.isListed = true;
      node.item.children.replace(tests.map((test) => testItem(controller, node, test)));
    }
  };

  const nodesOf = (items: readonly TestItem[]): FileNode[] =>
    items.flatMap(({ id }) => {
      const node = files.get(id);
      return node ? [node] : [];
    });

  return {
    refresh: async (token) => {
      const found = await server()?.files(token);
      if (!found) return;
      const wanted = new Set(found);
      for (const node of [...files.values()]) if (!wanted.has(node.uri)) remove(node);
      for (const uri of found) add(uri);
      const stale = [...files.values()].filter(({ isListed, uri }) => isListed || isOpen(uri));
      await list(stale, token);
    },
    resolve: async (item) => {
      await list(nodesOf([item]));
    },
    list: async (items, token) => {
      await list(
        nodesOf(items).filter(({ isListed }) => !isListed),
        token,
      );
    },
    opened: async (uri) => {
      const node = files.get(uri.toString());
      if (node && !node.isListed) await list([node]);
    },
    changed: async (news) => {
      for (const { uri, hasTests } of news.files) {
        const node = files.get(uri);
        if (hasTests) add(uri);
        else if (node) remove(node);
      }
      await list(
        news.files.flatMap(({ uri }) => {
          const node = files.get(uri);
          return node && (node.isListed || isOpen(uri)) ? [node] : [];
        }),
      );
    },
    filesBelow: (item) => leaves(item, files),
    files: () => [...files.values()].map(({ item }) => item),
    isFile: ({ id }) => files.has(id),
    fileOf: (uri) => files.get(uri)?.item,
  };
}

const isOpen = (uri: string): boolean =>
  workspace.textDocuments.some((document) => document.uri.toString() === uri);

function testItem(controller: TestController, { item, uri }: FileNode, test: ListedTest): TestItem {
  // The item that is there keeps what the user has seen of it: its result, and whether it is open.
  const own = item.children.get(test.id) ?? controller.createTestItem(test.id, test.label, Uri.parse(uri));
  own.label = test.label;
  own.description = test.description ?? '';
  own.range = toRange(test.range);
  return own;
}

const nameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);

/** Where a file belongs: below its folders, and below its workspace folder where there are several. */
function parentOf(controller: TestController, uri: Uri): TestItemCollection {
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder) return controller.items;
  const isOne = workspace.workspaceFolders?.length === 1;
  let parent = controller.items;
  if (!isOne) parent = folderItem(controller, parent, folder.uri, folder.name);
  const steps = workspace.asRelativePath(uri, false).split('/').slice(0, -1);
  let path = folder.uri;
  for (const step of steps) {
    path = Uri.joinPath(path, step);
    parent = folderItem(controller, parent, path, step);
  }
  return parent;
}

function folderItem(
  controller: TestController,
  parent: TestItemCollection,
  uri: Uri,
  name: string,
): TestItemCollection {
  const id = `${uri.toString()}/`;
  const known = parent.get(id);
  if (known) return known.children;
  const made = controller.createTestItem(id, name, uri);
  parent.add(made);
  return made.children;
}

function removeWithEmptyParents(controller: TestController, item: TestItem): void {
  const { parent } = item;
  (parent?.children ?? controller.items).delete(item.id);
  if (parent?.children.size === 0) removeWithEmptyParents(controller, parent);
}

function leaves(item: TestItem, files: ReadonlyMap<string, FileNode>): TestItem[] {
  if (files.has(item.id)) return [item];
  const found: TestItem[] = [];
  item.children.forEach((child) => {
    found.push(...leaves(child, files));
  });
  return found;
}
