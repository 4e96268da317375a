/**
 * Views beside the text: the timeline of an encounter, a specification as an article, the payers side by side, and what
 * unsaved changes do. One panel for each kind; it follows the cursor from file to file, and comes back with the window.
 */
import {
  commands,
  Disposable,
  l10n,
  Uri,
  ViewColumn,
  window,
  workspace,
  type TextEditor,
  type WebviewPanel,
} from 'vscode';
import {
  VIEW_KINDS,
  viewRequest,
  type ShownView,
  type View,
  type ViewKind,
  type ViewParams,
} from '../../server/protocol/views.ts';
import type { Location } from '../../server/protocol/place.ts';
import { isOurs } from '../documents.ts';
import { toRange } from '../places.ts';
import type { Session } from '../session.ts';
import { viewBody, viewHtml } from './page.ts';

const TITLES: Readonly<Record<ViewKind, string>> = {
  timeline: l10n.t('Timeline'),
  article: l10n.t('Article'),
  comparison: l10n.t('Payers'),
  impact: l10n.t('Impact'),
};

const COMMANDS: Readonly<Record<ViewKind, string>> = {
  timeline: 'codingSpec.showTimeline',
  article: 'codingSpec.showArticle',
  comparison: 'codingSpec.comparePayers',
  impact: 'codingSpec.showImpact',
};

const exportCommand = 'codingSpec.exportView';
const typeOf = (kind: ViewKind): string => `codingSpec.${kind}`;

/** So long after the last sign, in milliseconds: what is beside the text may be a moment behind it. */
const REST = 200;

export interface Views extends Disposable {
  /** What a view shows now; for tests. */
  readonly shown: (kind: ViewKind) => View | undefined;
}

export function createViews(session: Session): Views {
  const open = new Map<ViewKind, Panel>();
  const attach = (kind: ViewKind, webview: WebviewPanel, last?: ViewParams): Panel => {
    const panel = new Panel(kind, webview, session, last);
    open.set(kind, panel);
    webview.onDidDispose(() => {
      open.delete(kind);
      panel.dispose();
    });
    return panel;
  };
  const show = async (kind: ViewKind): Promise<void> => {
    const known = open.get(kind);
    known?.reveal();
    const panel = known ?? attach(kind, newPanel(kind));
    await panel.follow(window.activeTextEditor);
  };
  const all = (): readonly Panel[] => [...open.values()];
  const listening = [
    ...VIEW_KINDS.map((kind) => commands.registerCommand(COMMANDS[kind], () => show(kind))),
    ...VIEW_KINDS.map((kind) =>
      window.registerWebviewPanelSerializer(typeOf(kind), {
        deserializeWebviewPanel: async (webview, state: unknown) => {
          await attach(kind, webview, state as ViewParams | undefined).refresh();
        },
      }),
    ),
    commands.registerCommand(exportCommand, () => exportView(all())),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      for (const panel of all()) panel.followSoon(textEditor);
    }),
    window.onDidChangeActiveTextEditor((editor) => {
      for (const panel of all()) panel.followSoon(editor);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isOurs(document)) for (const panel of all()) panel.refreshSoon();
    }),
    workspace.onDidSaveTextDocument((document) => {
      if (isOurs(document)) for (const panel of all()) panel.refreshSoon();
    }),
  ];
  return {
    shown: (kind) => open.get(kind)?.view,
    dispose: () => {
      for (const panel of all()) panel.close();
      Disposable.from(...listening).dispose();
    },
  };
}

const newPanel = (kind: ViewKind): WebviewPanel =>
  window.createWebviewPanel(
    typeOf(kind),
    TITLES[kind],
    { viewColumn: ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, enableFindWidget: true, localResourceRoots: [] },
  );

/** One view, and what it was last asked for. */
class Panel {
  readonly #kind: ViewKind;
  readonly #webview: WebviewPanel;
  readonly #session: Session;
  #at: ViewParams | undefined;
  #view: View | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  /** That of the page that is there; undefined where none is. */
  #style: string | undefined;

  constructor(kind: ViewKind, webview: WebviewPanel, session: Session, at: ViewParams | undefined) {
    this.#kind = kind;
    this.#webview = webview;
    this.#session = session;
    this.#at = at;
    webview.onDidChangeViewState(() => {
      if (webview.visible && this.#style === undefined) this.refreshSoon();
      if (!webview.visible) this.#style = undefined;
    });
    webview.webview.onDidReceiveMessage(({ place }: { readonly place?: number }) => {
      const found = this.#view && 'places' in this.#view ? this.#view.places[place ?? -1] : undefined;
      if (found) void goTo(found);
    });
  }

  get view(): View | undefined {
    return this.#view;
  }

  get isActive(): boolean {
    return this.#webview.active;
  }

  get title(): string {
    return this.#webview.title;
  }

  reveal(): void {
    this.#webview.reveal(undefined, true);
  }

  close(): void {
    this.#webview.dispose();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#asked++;
  }

  followSoon(editor: TextEditor | undefined): void {
    if (this.#isWanted(editor)) this.#soon(() => this.follow(editor));
  }

  refreshSoon(): void {
    this.#soon(() => this.refresh());
  }

  #soon(work: () => Promise<void>): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void work(), REST);
  }

  /** A view that has nothing to do with the other file stays as it is. */
  #isWanted(editor: TextEditor | undefined): editor is TextEditor {
    if (!editor || !isOurs(editor.document)) return false;
    return this.#at === undefined || SUBJECTS[this.#kind].test(editor.document.uri.path);
  }

  /** Shows what stands at the cursor. */
  async follow(editor: TextEditor | undefined): Promise<void> {
    if (this.#isWanted(editor)) {
      const { line, character } = editor.selection.active;
      this.#at = { kind: this.#kind, uri: editor.document.uri.toString(), position: { line, character } };
    }
    await this.refresh();
  }

  /** What it shows, as files; undefined where it shows nothing. */
  async asFile(): Promise<ShownView | undefined> {
    const asked = this.#at && { ...this.#at, asFile: true };
    const view = asked && (await this.#session.request<View>(viewRequest, asked));
    return view && !('nothing' in view) ? view : undefined;
  }

  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    const view = this.#at
      ? await this.#session.request<View>(viewRequest, this.#at, { isSilent: true })
      : { nothing: NOTHING[this.#kind] };
    // A later question has a later answer; a view that was closed meanwhile has none.
    if (mine !== this.#asked || view === undefined) return;
    this.#view = view;
    this.#webview.title = 'nothing' in view ? TITLES[this.#kind] : view.title;
    const state = this.#at ?? null;
    const style = 'nothing' in view ? '' : view.style;
    // A page that is not seen is not there: it is made anew when it is.
    const isThere = this.#webview.visible && this.#style === style;
    this.#style = this.#webview.visible ? style : undefined;
    // Nothing is read of the panel afterwards: it may be closed while the message is on its way.
    if (isThere) await this.#webview.webview.postMessage({ body: viewBody(view), state });
    else this.#webview.webview.html = viewHtml(view, nonce(), state);
  }
}

/** Files that a view is about; others leave it as it is. */
const SUBJECTS: Readonly<Record<ViewKind, RegExp>> = {
  timeline: /\.encounter\.ya?ml$/i,
  article: /\.spec\.ya?ml$/i,
  comparison: /\.encounter\.ya?ml$/i,
  impact: /$/,
};

const NOTHING: Readonly<Record<ViewKind, string>> = {
  timeline: l10n.t('Put the cursor into an encounter to see its timeline.'),
  article: l10n.t('Put the cursor into a specification to read it as an article.'),
  comparison: l10n.t('Put the cursor into an encounter to see it billed for each payer.'),
  impact: l10n.t(
    'Change a specification, a policy, a family or a table to see what that does to the encounters.',
  ),
};

async function goTo({ uri, range }: Location): Promise<void> {
  await window.showTextDocument(Uri.parse(uri), { selection: toRange(range), viewColumn: ViewColumn.One });
}

/** Writes a view to a file: the whole page, or the drawing alone. */
async function exportView(panels: readonly Panel[]): Promise<void> {
  const panel = panels.find(({ isActive }) => isActive) ?? panels.at(-1);
  const view = await panel?.asFile();
  if (!panel || !view) {
    void window.showInformationMessage(
      l10n.t('Open a view first: a timeline, an article, or a comparison of payers.'),
    );
    return;
  }
  const to = await window.showSaveDialog({
    title: l10n.t('Export {0}', panel.title),
    filters: {
      ...(view.svg !== undefined && { [l10n.t('SVG drawing')]: ['svg'] }),
      [l10n.t('HTML page')]: ['html'],
    },
  });
  if (to) await workspace.fs.writeFile(to, new TextEncoder().encode(exported(view, to)));
}

const exported = ({ svg, html = '' }: ShownView, to: Uri): string =>
  svg !== undefined && /\.svg$/i.test(to.path) ? svg : html;

/** Random enough that no text of a document could know it. */
function nonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
