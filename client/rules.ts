/**
 * The page of the rules as it ships with the extension: links of findings lead there, to the section of their rule, so that
 * they work without a network.
 */
import { Uri, workspace, type ExtensionContext } from 'vscode';
import { RULES_PAGE } from '../server/protocol/rules.ts';

export class RulesPage {
  readonly #page: Uri;
  /** By rule id, the line of its heading, from 1. Without them links lead to the address. */
  #lines: ReadonlyMap<string, number> = new Map();

  constructor({ extensionUri }: ExtensionContext) {
    this.#page = Uri.joinPath(extensionUri, 'docs', 'diagnostics.md');
  }

  /** Reads which rules there are. */
  async read(): Promise<void> {
    const text = new TextDecoder().decode(await workspace.fs.readFile(this.#page));
    const headings = text.split('\n').flatMap((line, i): [string, number][] => {
      const rule = /^## ([a-z-]+)\s*$/.exec(line)?.[1];
      return rule === undefined ? [] : [[rule, i + 1]];
    });
    this.#lines = new Map(headings);
  }

  /** An address from the server, as VS Code opens it: a fragment of `L12` is a line. */
  uri(value: string): Uri {
    const line = value.startsWith(`${RULES_PAGE}#`)
      ? this.#lines.get(value.slice(RULES_PAGE.length + 1))
      : undefined;
    return line === undefined ? Uri.parse(value) : this.#page.with({ fragment: `L${String(line)}` });
  }
}
