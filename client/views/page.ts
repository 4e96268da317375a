/**
 * A page of the server as the content of a webview: nothing but our own style and script runs there, each by a nonce, and
 * the colours are those of the editor's theme. Knows nothing of VS Code, so that it is tested without it.
 */
import type { View } from '../../server/protocol/views.ts';

/** Colours of the page by those of the theme, which webviews have as variables. */
const THEME = `
:root, :root[data-theme] {
  --paper: var(--vscode-editor-background); --raised: var(--vscode-editorWidget-background); --ink: var(--vscode-editor-foreground);
  --soft: var(--vscode-descriptionForeground); --line: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8884));
  --accent: var(--vscode-textLink-foreground);
  --accent-soft: color-mix(in srgb, var(--vscode-textLink-foreground) 18%, var(--vscode-editor-background));
  --warn: var(--vscode-editorWarning-foreground);
  --warn-soft: color-mix(in srgb, var(--vscode-editorWarning-foreground) 18%, var(--vscode-editor-background));
}
body { padding: 0; font-family: var(--vscode-font-family); font-size: 0.9375rem; }
h1 { font-size: 1.375rem; margin-bottom: .75rem; }
h2, article h2 { font-size: 1.125rem; }
code { background: none; color: inherit; }
table { font-size: .875rem; }
.page { padding: 1.25rem 1.25rem 3rem; }
.nothing { padding: 2rem 1.25rem; color: var(--soft); }
[data-place]:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
`;

/**
 * Makes what has a place a button for mouse and keyboard, and puts a new body into the page, so that it stays where the
 * reader has scrolled to.
 */
const SCRIPT = `
const vscode = acquireVsCodeApi();
const root = document.getElementById('view');
const open = (element) => vscode.postMessage({ place: Number(element.dataset.place) });
function wire() {
  for (const element of root.querySelectorAll('[data-place]')) {
    element.setAttribute('tabindex', '0');
    element.setAttribute('role', 'button');
    element.addEventListener('click', () => open(element));
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open(element);
    });
  }
}
window.addEventListener('message', ({ data }) => {
  const focused = document.activeElement?.dataset?.place;
  root.innerHTML = data.body;
  vscode.setState(data.state);
  wire();
  if (focused !== undefined) root.querySelector('[data-place="' + Number(focused) + '"]')?.focus();
});
wire();
`;

/** Escapes text for HTML. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${String(sign.codePointAt(0))};`);

/** What is in the page. */
export const viewBody = (view: View): string =>
  'nothing' in view ? `<p class="nothing" role="status">${escaped(view.nothing)}</p>` : view.body;

/** `nonce` must be new for every page, `state` is what a reloaded window opens the view again with. */
export function viewHtml(view: View, nonce: string, state: unknown): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  const [title, style] = 'nothing' in view ? ['', ''] : [view.title, view.style];
  // Within a script only the beginning of a tag could end it.
  const data = JSON.stringify(state).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${style}${THEME}</style>
</head>
<body>
<div id="view">${viewBody(view)}</div>
<script nonce="${nonce}">${SCRIPT}vscode.setState(${data});</script>
</body>
</html>
`;
}
