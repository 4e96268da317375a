/**
 * An article as Markdown: CommonMark, and tables as GitHub has them. Text of the document is escaped wherever it could
 * be taken for markup, and nowhere else, so that the source reads as well as the page.
 */
import type {
  Article,
  Block,
  Definition,
  Inline,
  Inlines,
  Point,
  Section,
  Table,
} from './shared/article-model.ts';
import { oneLine, pieceOfLine, webAddress } from './shared/article-text.ts';

/** The article in Markdown, with a line feed at its end. */
export function renderMarkdown(article: Article): string {
  const parts = [
    heading(1, article.title),
    ...block({ kind: 'definitions', items: article.facts }),
    ...article.sections.flatMap((section) => sectionParts(section, 2)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const heading = (level: number, title: string): string =>
  `${'#'.repeat(level)} ${escapeText(oneLine(title))}`;

const sectionParts = (section: Section, level: number): string[] => [
  heading(level, section.heading),
  ...section.blocks.flatMap(block),
  ...section.sections.flatMap((inner) => sectionParts(inner, level + 1)),
];

/** The parts of a block, each to be set apart by a blank line. */
function block(own: Block): string[] {
  switch (own.kind) {
    case 'paragraph':
      return [line(own.text)];
    case 'note':
      return [`> ${line(own.text)}`];
    case 'list':
      return [
        own.items.map((item, i) => `${own.ordered ? `${String(i + 1)}.` : '-'} ${line(item)}`).join('\n'),
      ];
    case 'definitions':
      return own.items.length === 0 ? [] : [own.items.map(definition).join('\n')];
    case 'points':
      return [own.items.map(point).join('\n')];
    case 'table':
      return [table(own)];
  }
}

function definition({ term, details }: Definition): string {
  const [only] = details;
  const label = `- ${bold(`${term}:`)}`;
  if (only && details.length === 1) return `${label} ${rest(only)}`;
  return [label, ...details.map((detail) => `  - ${line(detail)}`)].join('\n');
}

function point({ about, tag, text, voices }: Point): string {
  const label = `- ${bold(about)} (${escapeText(oneLine(tag))}): `;
  return [`${label}${rest(text)}`, ...voices.map((voice) => `  - ${line(voice)}`)].join('\n');
}

function table({ columns, rows }: Table): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(columns.map(({ heading: title }) => escapeText(oneLine(title)))),
    row(columns.map(({ kind }) => (kind === 'figure' ? '---:' : '---'))),
    ...rows.map((cells) => row(cells.map((cell) => pieces(cell, true).trim()))),
  ].join('\n');
}

/** Text at the beginning of a block, where a number or a sign could begin another kind of block. */
function line(text: Inlines): string {
  const written = rest(text);
  const first = text.find((piece) => piece.kind === 'break' || piece.text.trim() !== '');
  if (first?.kind !== 'text') return written;
  return written
    .replace(/^>/, '\\$&')
    .replace(/^[-+](?=[-+\s]|$)/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

const rest = (text: Inlines): string => pieces(text, false).trim();

const pieces = (text: Inlines, inTable: boolean): string =>
  text.map((piece) => inline(piece, inTable)).join('');

function inline(piece: Inline, inTable: boolean): string {
  switch (piece.kind) {
    case 'text':
      return escapeText(pieceOfLine(piece.text));
    case 'strong':
      return bold(piece.text);
    case 'code':
      return codeSpan(oneLine(piece.text), inTable);
    case 'link':
      return link(piece.text, piece.url);
    case 'break':
      return '<br>';
  }
}

const bold = (text: string): string => (oneLine(text) === '' ? '' : `**${escapeText(oneLine(text))}**`);

function link(text: string, url: string): string {
  const address = webAddress(url);
  const title = escapeText(oneLine(text));
  if (address !== undefined) return `[${title}](${escapeAddress(address)})`;
  return oneLine(text) === oneLine(url) ? title : `${title} (${escapeText(oneLine(url))})`;
}

/** A code span with a fence that the text does not hold. */
function codeSpan(text: string, inTable: boolean): string {
  if (text === '') return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${padding}${inTable ? text.replace(/\|/g, '\\|') : text}${padding}${fence}`;
}

/** Signs that mean something in the middle of a line; underscores only outside words, ampersands only before entities. */
const escapeText = (text: string): string =>
  text
    .replace(/[\\`*[\]<|~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?[A-Za-z0-9]+;)/g, '\\&')
    .replace(/(?<!\S)#/g, '\\#');

/** An address between parentheses: what would end it is encoded. */
const escapeAddress = (url: string): string =>
  url
    .replace(/[()<>"'`|\\[\]*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/&(?=#?[A-Za-z0-9]+;)/g, '&amp;');
