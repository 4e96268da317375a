/**
 * The page of the rules as it ships with the extension: links of findings lead there, to the section of their rule, so that
 * they work without a network.
 */
import { Uri, workspace, type ExtensionContext } from 'vscode';
import { RULES_PAGE } from '../server/protocol/rules.ts';

export class RulesPage {
  readonly #page: Uri;
  /** By rule id, the line of its heading, from 1. */
  readonly #lines: ReadonlyMap<string, number>;

  private constructor(page: Uri, lines: ReadonlyMap<string, number>) {
    this.#page = page;
    this.#lines = lines;
  }

  /** Reads which rules there are; undefined where the page is not there, and links lead to its address. */
  static async read({ extensionUri }: ExtensionContext): Promise<RulesPage | undefined> {
    const page = Uri.joinPath(extensionUri, 'docs', 'diagnostics.md');
    try {
      const text = new TextDecoder().decode(await workspace.fs.readFile(page));
      const headings = text.split('\n').flatMap((line, i): [string, number][] => {
        const rule = /^## ([a-z-]+)\s*$/.exec(line)?.[1];
        return rule === undefined ? [] : [[rule, i + 1]];
      });
      return new RulesPage(page, new Map(headings));
    } catch {
      return undefined;
    }
  }

  /** An address from the server, as VS Code opens it: a fragment of `L12` is a line. */
  uri(value: string): Uri {
    const line = value.startsWith(`${RULES_PAGE}#`)
      ? this.#lines.get(value.slice(RULES_PAGE.length + 1))
      : undefined;
    return line === undefined ? Uri.parse(value) : this.#page.with({ fragment: `L${String(line)}` });
  }
}
