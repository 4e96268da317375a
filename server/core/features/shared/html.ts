/** What every page that we write shares: escaping, and a head whose policy lets the browser load nothing. */
import { ARTICLE_STYLE } from './article-style.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const ENTITIES: Readonly<Record<string, string | undefined>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** What a page shows, for a file of its own or for a view of an editor. */
export interface Page {
  /** Plain text. */
  readonly title: string;
  /** Escaped already. */
  readonly body: string;
  /** Added to the common style. */
  readonly style: string;
}

/** The whole style sheet of a page. */
export const styleOf = ({ style }: Page): string => ARTICLE_STYLE + style;

/** A page as a file that needs nothing else. */
export function htmlPage(page: Page): string {
  const { title, body } = page;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="coding-spec">
<title>${escapeHtml(title)}</title>
<style>
${styleOf(page)}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
