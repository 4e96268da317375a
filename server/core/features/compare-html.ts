/**
 * Comparisons of payers as one HTML page that needs nothing else. Payers are rows, since there are more of them than
 * lines; those that change nothing are named in one sentence. All text is escaped here.
 */
import type { ComparedCell, ComparedPayer, Comparison, NamedPayer } from './shared/comparison-model.ts';
import { escapeHtml, htmlPage, type Page } from './shared/html.ts';
import type { ReasonReport } from './shared/place-report.ts';

const STYLE = `
.page:not(:has(.contents)) { display: block; max-width: 62rem; }
main { max-width: none; }
.lead { color: var(--soft); }
.contents .tag { margin-left: .3rem; }
.encounter { margin-top: 2.75rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.encounter > h2 { margin: 0 0 .35rem; font-size: 1.4375rem; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere; }
.where { max-width: none; margin-bottom: 1.1rem; font-size: .875rem; color: var(--soft); overflow-wrap: anywhere; }
.payers { width: auto; min-width: min(100%, 32rem); }
.payers tbody th { font-weight: 550; min-width: 9rem; }
.payers th:first-child { position: sticky; left: 0; }
.payers tbody th:first-child { background: var(--paper); }
.payers td { white-space: nowrap; font-variant-numeric: tabular-nums; }
.payers .none { color: var(--soft); }
.payers .changed { background: var(--accent-soft); font-weight: 600; }
.payers .amount { white-space: normal; min-width: 7rem; }
.outcome { margin-left: .2rem; color: var(--warn); font-size: .8125rem; }
.outcome.billable { color: inherit; }
th .tag, h3 .tag { margin-left: .45rem; white-space: nowrap; }
.others { max-width: none; margin-bottom: .5rem; font-size: .875rem; color: var(--soft); }
.says { margin-top: 1.1rem; padding: .1rem 0 .1rem 1rem; border-left: 3px solid var(--line); }
.says.differing { border-color: var(--accent); }
.says h3 { margin: 0 0 .25rem; font-size: 1rem; }
.says ul { margin: 0; padding-left: 1.1rem; }
.says li { margin: .35rem 0; }
.says li::marker { color: var(--soft); }
.says li .tag { margin-right: .3rem; }
.says code { display: block; font-size: .75rem; color: var(--soft); overflow-wrap: anywhere; }
.policies { margin: 0 0 .25rem; font-size: .875rem; color: var(--soft); }
@media print { .payers .changed { text-decoration: underline; } .says { break-inside: avoid; } }
`;

/** The comparisons as a file that needs nothing else. */
export const renderComparison = (comparisons: readonly Comparison[]): string =>
  htmlPage(comparisonPage(comparisons));

/** One section for each encounter: a table of payers by line, and what each payer says below it. */
export function comparisonPage(comparisons: readonly Comparison[]): Page {
  const [first] = comparisons;
  const title = `Billing lines by payer${first && comparisons.length === 1 ? `: ${nameOf(first)}` : ''}`;
  const body = `<a class="skip" href="#comparison">Skip to the comparison</a>
<div class="page">
${comparisons.length > 1 ? contents(comparisons) : ''}<main id="comparison">
<h1>Billing lines by payer</h1>
<p class="lead">${lead(comparisons)}</p>
${comparisons.map(section).join('\n')}
</main>
</div>`;
  return { title, body, style: STYLE };
}

const nameOf = ({ encounter, document }: Comparison): string =>
  encounter === '' ? `document ${String(document)}` : encounter;

const differing = ({ payers }: Comparison): readonly ComparedPayer[] => payers.filter(({ same }) => !same);

const idOf = (index: number): string => `encounter-${String(index + 1)}`;

function lead(comparisons: readonly Comparison[]): string {
  if (comparisons.length === 0) return 'No encounter here can be billed.';
  return 'Units of each line that an encounter gets, first by the specifications alone and then as each payer changes them. Billable is not paid.';
}

/** The encounters of the page, each with the number of payers that differ. */
function contents(comparisons: readonly Comparison[]): string {
  const items = comparisons.map((own, i) => {
    const count = differing(own).length;
    const tag =
      count === 0 ? '' : ` <span class="tag">${count === 1 ? '1 differs' : `${String(count)} differ`}</span>`;
    return `<li><a href="#${idOf(i)}">${escapeHtml(nameOf(own))}</a>${tag}</li>`;
  });
  return `<nav class="contents" aria-labelledby="contents-heading">
<h2 id="contents-heading">Encounters</h2>
<ul>${items.join('\n')}</ul>
</nav>
`;
}

function section(comparison: Comparison, index: number): string {
  const { file, document, date, payers, notInForce } = comparison;
  const others = payers.slice(1).filter((payer) => !isShown(payer, payers[0]));
  const sorted = [...payers].sort((a, b) => Number(a.same) - Number(b.same));
  const parts = [
    `<section class="encounter" aria-labelledby="${idOf(index)}">`,
    `<h2 id="${idOf(index)}">${escapeHtml(nameOf(comparison))}</h2>`,
    `<p class="where"><code>${escapeHtml(file)}</code>, document ${String(document)}; date of service ${escapeHtml(date)}</p>`,
    table(comparison),
    named('As the specifications alone', others),
    named(`No policy in force on ${date}`, notInForce),
    ...sorted.map(payerNotes),
    '</section>',
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** A row of its own for every payer of which there is more to say than that it changes nothing. */
const isShown = (payer: ComparedPayer, alone: ComparedPayer | undefined): boolean =>
  payer === alone ||
  payer.own ||
  !payer.same ||
  payer.notChecked.length > 0 ||
  payer.benchmark !== alone?.benchmark;

function named(title: string, payers: readonly NamedPayer[]): string {
  if (payers.length === 0) return '';
  const names = payers
    .map(({ label, own }) => `${escapeHtml(label)}${own ? ' <span class="tag">own payer</span>' : ''}`)
    .join('; ');
  return `<p class="others"><strong>${escapeHtml(title)}:</strong> ${names}.</p>`;
}

function table({ payers, rows }: Comparison): string {
  if (rows.length === 0) return '<p>No payer gets a line.</p>';
  const money = payers.some(({ benchmark }) => benchmark !== undefined);
  const columns = [...rows.map(({ line }) => line), ...(money ? ['Benchmark, no price'] : [])];
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const body = payers.flatMap((payer, i) => {
    if (!isShown(payer, payers[0])) return [];
    const cells = rows.map((row) => cellHtml(row.cells[i] ?? [], row.cells[0] ?? [])).join('');
    const amount = money ? `<td class="amount">${escapeHtml(payer.benchmark ?? '–')}</td>` : '';
    return [`<tr><th scope="row">${escapeHtml(payer.label)}${tags(payer)}</th>${cells}${amount}</tr>`];
  });
  return `<div class="scroll"><table class="payers">
<caption>Units by payer and line. Marked is what differs from the specifications alone.</caption>
<thead><tr><th scope="col">Payer</th>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
}

const tags = ({ own, same, notChecked }: ComparedPayer): string =>
  [
    ...(own ? ['own payer'] : []),
    ...(same ? [] : ['differs']),
    ...(notChecked.length > 0 ? ['not checked'] : []),
  ]
    .map((word) => ` <span class="tag">${word}</span>`)
    .join('');

/** That all units are billable goes without saying. */
function cellHtml(cell: ComparedCell, alone: ComparedCell): string {
  const changed = JSON.stringify(cell) !== JSON.stringify(alone);
  const classes = [...(cell.length > 0 ? [] : ['none']), ...(changed ? ['changed'] : [])];
  const attribute = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  const parts = cell.map(({ units, outcome }) =>
    outcome === 'billable' && cell.length === 1
      ? String(units)
      : `${String(units)} <span class="outcome ${outcome}">${outcome}</span>`,
  );
  return `<td${attribute}>${parts.join(', ') || '–'}</td>`;
}

/** The policies of a payer that has something to say, its own clauses, its tables that could not be looked up, and its remarks. */
function payerNotes(payer: ComparedPayer): string {
  const notes = [...payer.says, ...payer.notChecked].sort(
    (a, b) => Number(a.remark ?? false) - Number(b.remark ?? false),
  );
  if (notes.length === 0) return '';
  return `<div class="says${payer.same ? '' : ' differing'}">
<h3>${escapeHtml(payer.label)}${tags(payer)}</h3>
<p class="policies">Policies: ${escapeHtml(payer.policies.join('; '))}.</p>
<ul>
${notes.map(noteHtml).join('\n')}
</ul>
</div>`;
}

const noteHtml = ({ sentence, clause, remark }: ReasonReport): string => {
  const line = clause.installed ? '' : `:${String(clause.line)}:${String(clause.column)}`;
  const place = `${clause.file}${line}  ${clause.name}`.trimEnd();
  const tag = remark ? '<span class="tag">remark</span> ' : '';
  return `<li>${tag}${escapeHtml(sentence)} <code>${escapeHtml(place)}</code></li>`;
};
