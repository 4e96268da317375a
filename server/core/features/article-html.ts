/**
 * An article as one HTML page that needs nothing else: no script, no font, no picture, and a policy in its head that
 * lets the browser load none. All text is escaped here and nowhere else.
 */
import type {
  Article,
  Block,
  Column,
  Definition,
  Inline,
  Inlines,
  Point,
  Section,
  Table,
} from './shared/article-model.ts';
import { oneLine, pieceOfLine, webAddress } from './shared/article-text.ts';
import { escapeHtml, htmlPage, type Page } from './shared/html.ts';

/** The article as a file that needs nothing else. */
export const renderHtml = (article: Article): string => htmlPage(articlePage(article));

/** The article as a page. */
export const articlePage = (article: Article): Page => ({
  title: oneLine(article.title),
  body: `<a class="skip" href="#article">Skip to the article</a>
<div class="page">
${contents(article.sections)}
<main id="article">
<article>
${masthead(article)}
${article.sections.map((section) => sectionHtml(section, 2)).join('\n')}
</article>
</main>
</div>`,
  style: '',
});

function masthead({ code, codeSystem, name, facts }: Article): string {
  const system = codeSystem === '' ? '' : `<span class="system">${line(codeSystem)}</span> `;
  const title = name === '' ? '' : `<span class="colon">: </span><span class="name">${line(name)}</span>`;
  return `<header>
<h1><span class="label">${system}<span class="code">${line(code)}</span></span>${title}</h1>
${definitionList(facts, 'facts')}
</header>`;
}

function contents(sections: readonly Section[]): string {
  const items = (own: readonly Section[]): string =>
    own.length === 0 ? '' : `<ul>${own.map(item).join('')}</ul>`;
  const item = ({ id, heading, sections: inner }: Section): string =>
    `<li><a href="#${escapeHtml(id)}">${line(heading)}</a>${items(inner)}</li>`;
  return `<nav class="contents" aria-labelledby="contents-heading">
<h2 id="contents-heading">Contents</h2>
${items(sections)}
</nav>`;
}

function sectionHtml({ id, heading, blocks, sections }: Section, level: number): string {
  const tag = `h${String(level)}`;
  const parts = [
    `<section aria-labelledby="${escapeHtml(id)}">`,
    `<${tag} id="${escapeHtml(id)}">${line(heading)}</${tag}>`,
    ...blocks.map((own) => block(own)),
    ...sections.map((inner) => sectionHtml(inner, level + 1)),
    '</section>',
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function block(own: Block): string {
  switch (own.kind) {
    case 'paragraph':
      return `<p>${inlines(own.text)}</p>`;
    case 'note':
      return `<p class="note">${inlines(own.text)}</p>`;
    case 'list': {
      const tag = own.ordered ? 'ol' : 'ul';
      return `<${tag}>\n${own.items.map((item) => `<li>${inlines(item)}</li>`).join('\n')}\n</${tag}>`;
    }
    case 'definitions':
      return definitionList(own.items, 'terms');
    case 'points':
      return `<div class="points">\n${own.items.map(point).join('\n')}\n</div>`;
    case 'table':
      return table(own);
  }
}

function definitionList(items: readonly Definition[], name: string): string {
  if (items.length === 0) return '';
  const rows = items.map(({ term, details }) => {
    const answers = details.map((detail) => `<dd>${inlines(detail)}</dd>`).join('');
    return `<div><dt>${line(term)}</dt>${answers}</div>`;
  });
  return `<dl class="${name}">\n${rows.join('\n')}\n</dl>`;
}

function point({ about, tag, text, voices }: Point): string {
  const spoken = voices.map((voice) => `<li>${inlines(voice)}</li>`).join('');
  return `<div class="point">
<p class="about"><strong>${line(about)}</strong> <span class="tag">${line(tag)}</span></p>
<p>${inlines(text)}</p>${spoken === '' ? '' : `\n<ul>${spoken}</ul>`}
</div>`;
}

function table({ caption, columns, rows }: Table): string {
  const head = columns
    .map((column) => `<th scope="col"${classOf(column)}>${line(column.heading)}</th>`)
    .join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell, i) => tableCell(cell, i, columns[i])).join('')}</tr>`)
    .join('\n');
  return `<div class="scroll"><table>
<caption>${line(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody>
</table></div>`;
}

const classOf = (column: Column | undefined): string =>
  column && column.kind !== 'text' ? ` class="${column.kind}"` : '';

const tableCell = (cell: Inlines, index: number, column: Column | undefined): string =>
  index === 0
    ? `<th scope="row"${classOf(column)}>${inlines(cell)}</th>`
    : `<td${classOf(column)}>${inlines(cell)}</td>`;

const inlines = (text: Inlines): string => text.map(inline).join('');

function inline(piece: Inline): string {
  switch (piece.kind) {
    case 'text':
      return escapeHtml(pieceOfLine(piece.text));
    case 'strong':
      return `<strong>${line(piece.text)}</strong>`;
    case 'code':
      return `<code>${line(piece.text)}</code>`;
    case 'link':
      return link(piece.text, piece.url);
    case 'break':
      return '<br>';
  }
}

function link(text: string, url: string): string {
  const address = webAddress(url);
  if (address !== undefined)
    return `<a href="${escapeHtml(address)}" rel="noopener noreferrer">${line(text)}</a>`;
  return oneLine(text) === oneLine(url) ? line(text) : `${line(text)} (${line(url)})`;
}

const line = (text: string): string => escapeHtml(oneLine(text));
