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

/** A complete page around a body that is escaped already. `title` is plain text; `style` is added to the common one. */
export function htmlPage(title: string, body: string, style = ''): string {
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
${ARTICLE_STYLE}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
