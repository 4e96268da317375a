/**
 * The style sheet of a published article: one column for reading with the contents beside it, light or dark as the
 * reader's system is, and for paper without colours and with the addresses of links printed out.
 */

const COLOURS = `
:root {
  color-scheme: light dark;
  --paper: #fdfcfa; --raised: #f4f2ed; --ink: #1d2327; --soft: #59636b; --line: #dcd8cf;
  --accent: #0b6473; --accent-soft: #e2eff1; --warn: #8a4b08; --warn-soft: #fbefdc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181b; --raised: #1d2327; --ink: #e4e6e4; --soft: #a0abb2; --line: #353e44;
    --accent: #74c7d4; --accent-soft: #173238; --warn: #f0b870; --warn-soft: #35270f;
  }
}
`;

const PAGE = `
*, *::before, *::after { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  overflow-wrap: break-word;
}
.page { max-width: 78rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
main { min-width: 0; max-width: 54rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem .75rem; background: var(--raised); z-index: 1; }
.contents { margin-bottom: 2.5rem; font-size: .875rem; line-height: 1.45; }
.contents h2 { margin: 0 0 .6rem; font-size: .75rem; letter-spacing: .08em; text-transform: uppercase; color: var(--soft); }
.contents ul { list-style: none; margin: 0; padding: 0; }
.contents li { margin: .4rem 0; }
.contents li li { margin: .2rem 0; }
.contents ul ul { padding-left: .85rem; border-left: 1px solid var(--line); margin-top: .25rem; }
.contents a { color: inherit; text-decoration: none; }
.contents ul ul a { color: var(--soft); }
.contents a:hover { color: var(--accent); text-decoration: underline; }
@media (min-width: 66rem) {
  .page { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 4rem; }
  .contents { position: sticky; top: 2.5rem; align-self: start; max-height: calc(100vh - 5rem); overflow-y: auto; margin: 0; }
}
@media not all and (min-width: 66rem) {
  .contents > ul { columns: 12rem auto; column-gap: 2rem; }
  .contents li { break-inside: avoid; }
  .contents ul ul { display: none; }
}
`;

const TEXT = `
h1, h2, h3 { line-height: 1.25; text-wrap: balance; break-after: avoid; }
h1 { margin: 0 0 1.5rem; font-size: clamp(1.5rem, 1.1rem + 2vw, 2.125rem); font-weight: 650; letter-spacing: -.015em; }
h1 .label { display: flex; align-items: baseline; gap: .6rem; margin-bottom: .5rem; font-size: 1rem; letter-spacing: 0; color: var(--accent); }
h1 .code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 1.5rem; font-weight: 700; }
h1 .system { font-size: .8125rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase; }
h1 .colon { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
h1 .name { display: block; }
article h2 { margin: 3.25rem 0 1rem; padding-top: 1.1rem; border-top: 1px solid var(--line); font-size: 1.4375rem; font-weight: 650; letter-spacing: -.01em; }
h3 { margin: 2.25rem 0 .75rem; font-size: 1.0625rem; font-weight: 650; }
h2 + section > h3:first-child { margin-top: 1.25rem; }
p, ul, ol, dl { margin: 0 0 1rem; }
p, li, dd { max-width: 68ch; text-wrap: pretty; }
article ul, article ol { padding-left: 1.4rem; }
article li { margin: .3rem 0; padding-left: .2rem; }
article li::marker { color: var(--soft); }
code { font-size: .925em; font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.note { padding: .7rem 1rem; border-left: 3px solid var(--accent); background: var(--accent-soft); border-radius: 0 4px 4px 0; }
.facts { display: flex; flex-wrap: wrap; gap: .75rem 2.25rem; margin: 0; padding: .9rem 0; border-block: 1px solid var(--line); }
.facts dt { font-size: .75rem; color: var(--soft); }
.facts dd { margin: 0; font-weight: 550; }
header + section > h2 { margin-top: 1rem; border-top: 0; }
.terms > div { display: grid; grid-template-columns: minmax(9rem, 12rem) minmax(0, 1fr); gap: 0 1.5rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.terms > div:last-child { border-bottom: 0; }
.terms dt { color: var(--soft); }
.terms dd { grid-column: 2; margin: 0; }
.terms dd:not(:only-of-type) { display: list-item; margin-left: 1.1rem; list-style: disc; }
.terms dd::marker { color: var(--soft); }
@media (max-width: 34rem) { .terms > div { display: block; } }
`;

const TABLES = `
.scroll { overflow-x: auto; margin: 0 0 1.25rem; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; line-height: 1.5; }
caption { padding: 0 0 .5rem; text-align: left; font-size: .8125rem; color: var(--soft); }
th, td { padding: .55rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { padding-left: .5rem; }
thead th { font-size: .75rem; font-weight: 600; color: var(--soft); background: var(--raised); border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody th, td.code { font-weight: 600; }
tbody th:has(strong) { font-weight: 400; }
tbody th.code, td.code { white-space: nowrap; font-variant-numeric: tabular-nums; }
th.figure, td.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td a { overflow-wrap: anywhere; }
.point { padding: .9rem 0 .35rem; border-top: 1px solid var(--line); }
.point p { margin-bottom: .5rem; }
.point ul { margin-bottom: .6rem; font-size: .9375rem; color: var(--soft); }
.point .about { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .7rem; margin-bottom: .35rem; }
.point .about strong::first-letter { text-transform: uppercase; }
.tag { padding: .05rem .55rem; border-radius: 99px; font-size: .75rem; font-weight: 600; color: var(--warn); background: var(--warn-soft); }
#sources ~ ul { font-size: .9375rem; }
@media screen and (max-width: 40rem) {
  th, td { padding: .45rem .5rem; }
  table:has(th:nth-child(3)) { min-width: 32rem; }
  table:has(th:nth-child(5)) { min-width: 44rem; }
}
`;

const PAPER = `
@media print {
  @page { margin: 18mm 16mm; }
  :root {
    color-scheme: light;
    --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --line: #bbb;
    --accent: #000; --accent-soft: #fff; --warn: #000; --warn-soft: #fff;
  }
  html { font-size: 10pt; }
  .page { display: block; max-width: none; padding: 0; }
  main, p, li, dd { max-width: none; }
  .contents, .skip { display: none; }
  .scroll { overflow: visible; }
  article h2 { margin-top: 2rem; }
  h2, h3, caption, .about { break-after: avoid; }
  tr, li, .point, .note, .facts, .terms > div { break-inside: avoid; }
  thead { display: table-header-group; }
  thead th { border-bottom: 1px solid #000; }
  p { orphans: 3; widows: 3; }
  .tag { padding: 0 .4rem; border: 1px solid #666; }
  a { color: inherit; text-decoration: none; }
  a[href^="http"]::after { content: " <" attr(href) ">"; font-size: .8em; color: #444; overflow-wrap: anywhere; }
}
`;

/** All of it, ready to stand in a `style` element. */
export const ARTICLE_STYLE = [COLOURS, PAGE, TEXT, TABLES, PAPER].map((part) => part.trimStart()).join('');
