/** Hover: what a code, key, fact or time means, and for administrations and encounters the reasoning of their lines. */
import type { IsoDate } from '../base/clock.ts';
import type { TextRange } from '../base/line-index.ts';
import { isWithin, pathSteps, type FileId, type YamlPath } from '../base/origin.ts';
import { PROBLEM_CODES, PROBLEM_RULES } from '../base/problem.ts';
import { formatAmount } from '../base/quantity.ts';
import type { Bill } from '../billing/line.ts';
import { ruleNameAt, type NamedRule } from '../diagnostics/shared/suppression.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import { schemaAtPath, type DocumentKind } from '../schema/schema.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import { factAt, formatAt } from '../workspace/places.ts';
import { nodeAtOffset, type NodeAt } from '../yaml/locate.ts';
import { codeMarkdown } from './shared/code-about.ts';
import { dateMarkdown } from './shared/date-about.ts';
import { escapeMarkdown, lineMarkdown, notBilledMarkdown } from './shared/reasoning.ts';
import { factDefinitions, namesOfFormat, valuesOfFact } from './shared/vocabulary.ts';

export interface Hover {
  /** Offsets in the file. */
  readonly range: TextRange;
  readonly markdown: string;
}

export function hover(analysis: Analysis, file: FileId, offset: number): Hover | undefined {
  const document = analysis.documentAt(file, offset);
  if (!document) return undefined;
  const parsed = analysis.parsed(document.source);
  const rule = ruleNameAt(document.source, offset - document.offset);
  if (rule) return ruleHover(rule, document.offset);
  const kind = kindOfDocument(file, parsed.root);
  const at = nodeAtOffset(parsed, offset - document.offset);
  if (!at || !kind || at.node.kind === 'seq') return undefined;
  const range =
    at.node.kind === 'map'
      ? undefined
      : { start: document.offset + at.node.start, end: document.offset + at.node.end };
  const parts = [
    ...valueParts(analysis, kind, at),
    ...codeParts(analysis, kind, at, analysis.encounter(document.source)?.date?.value),
    ...dateParts(analysis, document, at),
    ...keyParts(analysis, kind, at),
    ...reasoning(analysis, document, at.path),
  ].filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  return { range: range ?? { start: offset, end: offset }, markdown: parts.join('\n\n---\n\n') };
}

/** What a rule finds, where a comment silences it. */
function ruleHover({ name, start, end }: NamedRule, from: number): Hover | undefined {
  const rule = PROBLEM_CODES.find((code) => code === name);
  if (!rule) return undefined;
  const [severity, about] = PROBLEM_RULES[rule];
  const markdown = `**${rule}** (${severity}) — ${about}`;
  return { range: { start: from + start, end: from + end }, markdown };
}

/** What a key is for: a fact by its definition in the families, any other by the schema. */
function keyParts(analysis: Analysis, kind: DocumentKind, { part, path, node }: NodeAt): string[] {
  if (part !== 'key' || node.kind !== 'scalar') return [];
  const steps = pathSteps(path);
  const parent = path.slice(0, path.lastIndexOf('/')) as YamlPath;
  const isNamed = schemaAtPath(kind, parent)?.keys().includes(node.text) === true;
  const fact = isNamed ? undefined : factAt(kind, steps);
  const definition = fact === undefined ? undefined : factDefinitions(analysis, fact)[0]?.definition;
  if (definition !== undefined && definition !== '')
    return [`**${escapeMarkdown(node.text)}** — ${escapeMarkdown(definition)}`];
  const schema = schemaAtPath(kind, path)?.schema;
  if (!schema?.description) return [];
  return [`**${escapeMarkdown(schema.title ?? node.text)}** — ${schema.description}`];
}

/** What the documents say of a value: a code's title, a fact's definition. */
function valueParts(analysis: Analysis, kind: DocumentKind, { part, path, node }: NodeAt): string[] {
  if (part === 'key' || node.kind !== 'scalar') return [];
  const fact = factAt(kind, pathSteps(path));
  const format = schemaAtPath(kind, path)?.schema.format ?? '';
  const known = [
    ...namesOfFormat(analysis, format),
    ...(fact === undefined ? [] : valuesOfFact(analysis, fact)),
  ];
  const found = known.find(({ name }) => name === node.text);
  return found && found.about !== ''
    ? [`**${escapeMarkdown(found.name)}** — ${escapeMarkdown(found.about)} _(${escapeMarkdown(found.from)})_`]
    : [];
}

/** What the release of a code set for the date says of a code, and which release that is. */
function codeParts(
  analysis: Analysis,
  kind: DocumentKind,
  { part, path, node }: NodeAt,
  date: IsoDate | undefined,
): string[] {
  if (part === 'key' || node.kind !== 'scalar') return [];
  const format = formatAt(kind, path);
  const about = format === undefined ? undefined : codeMarkdown(analysis, { format, code: node.text, date });
  return about === undefined ? [] : [about];
}

/** Which versions and releases hold on the date of service. */
function dateParts(analysis: Analysis, { source }: DocumentInFile, { part, path }: NodeAt): string[] {
  const encounter = analysis.encounter(source);
  if (!encounter || part === 'key' || path !== encounter.date?.origin.path) return [];
  return [dateMarkdown(analysis, encounter) ?? ''];
}

function reasoning(analysis: Analysis, { source }: DocumentInFile, path: YamlPath): string[] {
  const encounter = analysis.encounter(source);
  const bill = encounter && analysis.bill(encounter);
  if (!encounter || !bill) return [];
  const activity = encounter.activities.find(({ origin }) => isWithin(path, origin.path));
  if (activity) return [timeOf(activity), ...activityReasoning(analysis, bill, activity)];
  return isEncounterName(path) ? encounterReasoning(analysis, encounter, bill) : [];
}

const isEncounterName = (path: YamlPath): boolean => path === '/encounter' || path.startsWith('/expect');

function timeOf({ minutes, name }: Activity): string {
  return minutes === undefined
    ? `${escapeMarkdown(name)}: how long it ran is not documented.`
    : `${escapeMarkdown(name)} ran ${formatAmount(minutes, 'min')}.`;
}

function activityReasoning(analysis: Analysis, bill: Bill, { origin }: Activity): string[] {
  const isHere = ({
    administrations,
  }: {
    readonly administrations: readonly { readonly path: string }[];
  }): boolean => administrations.some(({ path }) => path === origin.path);
  return [
    ...bill.lines.filter(isHere).map((line) => lineMarkdown(analysis, line)),
    notBilledMarkdown(analysis, bill.notBilled.filter(isHere)),
  ];
}

function encounterReasoning(analysis: Analysis, encounter: Encounter, bill: Bill): string[] {
  if (encounter.activities.length === 0) return [];
  const lines =
    bill.lines.length === 0 ? ['Nothing is billed.'] : bill.lines.map((line) => lineMarkdown(analysis, line));
  return [...lines, notBilledMarkdown(analysis, bill.notBilled)];
}
