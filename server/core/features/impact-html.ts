/** What unsaved changes of rules do to the encounters at hand, as a page. All text is escaped here. */
import { fileOfDocument, type Origin } from '../base/origin.ts';
import { plural } from '../base/words.ts';
import { escapeHtml, type Page } from './shared/html.ts';
import type { ChangedEncounter, Impact } from './shared/impact-model.ts';

const STYLE = `
.page:not(:has(.contents)) { display: block; max-width: 66rem; }
main { max-width: none; }
[data-place] { cursor: pointer; }
th > small { display: block; font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
td.lines { font-variant-numeric: tabular-nums; }
td.lines span { display: block; white-space: nowrap; }
.gone { color: var(--warn); text-decoration: line-through; }
.new { color: var(--accent); font-weight: 600; }
`;

/** The page, and the places that it leads to. `nameOf`: how people call a file. */
export function impactPage(
  impacts: readonly Impact[],
  nameOf: (file: string) => string,
): Page & { readonly places: readonly Origin[] } {
  const places = impacts.flatMap(({ changed }) => changed.map(({ at }) => at));
  const body = `<div class="page">
<main>
<h1>Impact of unsaved changes</h1>
${impacts.length === 0 ? '<p>No specification, policy, family or table has unsaved changes.</p>' : impacts.map((own) => section(own, places, nameOf)).join('\n')}
</main>
</div>`;
  return { title: 'Impact of unsaved changes', body, style: STYLE, places };
}

function section(
  { file, encounters, changed }: Impact,
  places: readonly Origin[],
  nameOf: (file: string) => string,
): string {
  const count = `${String(changed.length)} of ${plural(encounters, 'encounter')}`;
  const lead =
    changed.length === 0
      ? `All ${plural(encounters, 'encounter')} have the same lines as with the saved text.`
      : `${count} ${changed.length === 1 ? 'has' : 'have'} other lines than with the saved text.`;
  const head = `<section>
<h2>${escapeHtml(nameOf(file))}</h2>
<p>${escapeHtml(lead)}</p>`;
  if (changed.length === 0) return `${head}\n</section>`;
  // What breaks a promise comes first.
  const sorted = [...changed].sort((a, b) => urgency(a) - urgency(b));
  const rows = sorted.map((own) => row(own, places.indexOf(own.at), nameOf(fileOfDocument(own.at.document))));
  return `${head}
<div class="scroll"><table>
<thead><tr><th scope="col">Encounter</th><th scope="col">Saved</th><th scope="col">Unsaved</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</section>`;
}

function row({ encounter, then, now, meets }: ChangedEncounter, place: number, file: string): string {
  const expected = expectedWords(meets);
  const tag = meets?.then === true && !meets.now ? ' class="tag"' : '';
  return `<tr><th scope="row"><span data-place="${String(place)}">${escapeHtml(encounter)}</span><small>${escapeHtml(file)}</small><small><span${tag}>${escapeHtml(expected)}</span></small></th><td class="lines">${lines(then, now, 'gone')}</td><td class="lines">${lines(now, then, 'new')}</td></tr>`;
}

const lines = (own: readonly string[], others: readonly string[], mark: string): string =>
  own.length === 0
    ? 'nothing is billed'
    : own
        .map((line) => `<span${others.includes(line) ? '' : ` class="${mark}"`}>${escapeHtml(line)}</span>`)
        .join('');

const urgency = ({ meets }: ChangedEncounter): number =>
  meets === undefined ? 2 : meets.then && !meets.now ? 0 : 1;

function expectedWords(meets: ChangedEncounter['meets']): string {
  if (!meets) return 'expects nothing';
  if (meets.then === meets.now)
    return meets.now ? 'agrees with what it expects, as before' : 'differs from what it expects, as before';
  return meets.now ? 'agrees with what it expects now' : 'no longer agrees with what it expects';
}
