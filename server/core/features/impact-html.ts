/** What unsaved changes of rules do to the encounters at hand, as a page. All text is escaped here. */
import { fileOfDocument, type Origin } from '../base/origin.ts';
import { plural } from '../base/words.ts';
import { escapeHtml, type Page } from './shared/html.ts';
import type { ChangedEncounter, Impact } from './shared/impact-model.ts';

const STYLE = `
.page:not(:has(.contents)) { display: block; max-width: 66rem; }
main { max-width: none; }
[data-place] { cursor: pointer; }
td.lines { font-variant-numeric: tabular-nums; }
td.lines span { display: block; white-space: nowrap; }
.gone { color: var(--warn); text-decoration: line-through; }
.new { color: var(--accent); font-weight: 600; }
`;

/** The page, and the places that it leads to. */
export function impactPage(impacts: readonly Impact[]): Page & { readonly places: readonly Origin[] } {
  const places = impacts.flatMap(({ changed }) => changed.map(({ at }) => at));
  const body = `<div class="page">
<main>
<h1>Impact of unsaved changes</h1>
${impacts.length === 0 ? '<p>No specification, policy, family or table has unsaved changes.</p>' : impacts.map((own) => section(own, places)).join('\n')}
</main>
</div>`;
  return { title: 'Impact of unsaved changes', body, style: STYLE, places };
}

function section({ file, encounters, changed }: Impact, places: readonly Origin[]): string {
  const count = `${String(changed.length)} of ${plural(encounters, 'encounter')}`;
  const lead =
    changed.length === 0
      ? `All ${plural(encounters, 'encounter')} have the same lines as with the saved text.`
      : `${count} ${changed.length === 1 ? 'has' : 'have'} other lines than with the saved text.`;
  const head = `<section>
<h2>${escapeHtml(nameOf(file))}</h2>
<p>${escapeHtml(lead)}</p>`;
  if (changed.length === 0) return `${head}\n</section>`;
  const rows = changed.map((own) => row(own, places.indexOf(own.at)));
  return `${head}
<div class="scroll"><table>
<thead><tr><th scope="col">Encounter</th><th scope="col">Saved</th><th scope="col">Unsaved</th><th scope="col">Expected</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</section>`;
}

function row({ encounter, at, then, now, meets }: ChangedEncounter, place: number): string {
  return `<tr><th scope="row"><span data-place="${String(place)}">${escapeHtml(encounter)}</span><br><small>${escapeHtml(nameOf(fileOfDocument(at.document)))}</small></th><td class="lines">${lines(then, now, 'gone')}</td><td class="lines">${lines(now, then, 'new')}</td><td>${escapeHtml(expectedWords(meets))}</td></tr>`;
}

/** A file and its folder, which is how people tell files apart. */
const nameOf = (file: string): string => decodeURIComponent(file.split('/').slice(-2).join('/'));

const lines = (own: readonly string[], others: readonly string[], mark: string): string =>
  own.length === 0
    ? 'nothing is billed'
    : own
        .map((line) => `<span${others.includes(line) ? '' : ` class="${mark}"`}>${escapeHtml(line)}</span>`)
        .join('');

function expectedWords(meets: ChangedEncounter['meets']): string {
  if (!meets) return 'nothing expected';
  if (meets.then === meets.now) return meets.now ? 'agrees as before' : 'differs as before';
  return meets.now ? 'agrees now' : 'no longer agrees';
}
