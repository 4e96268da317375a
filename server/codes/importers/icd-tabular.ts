/**
 * The ICD-10-CM tabular list of CMS and CDC, `icd10cm_tabular_YYYY.xml`: chapters, sections and, nested, `diag` with `name`
 * (the code with its point), `desc` and instructions (`excludes1`, `excludes2`, `includes`, `codeFirst`, `useAdditionalCode`),
 * each of `note`. Codes of seven characters are not written out: `sevenChrDef` of a `diag` lists the last character and what
 * it says, and holds for all codes below that have no definition of their own; a code shorter than six is filled with X.
 */
import { SaxesParser } from 'saxes';
import type { CodeNotes, CodeRow, ImportedCodes, RefusedRow } from '../../core/index.ts';
import { referencesIn } from './shared/icd-references.ts';
import { quoted, tidy, type Layout, type LayoutFailure, type Source } from './shared/layout.ts';
import { openText } from './shared/open.ts';
import { DIAGNOSIS_CODE } from './shared/values.ts';

export const icdTabular: Layout = {
  importer: 'icd-10-cm-tabular',
  title: 'ICD-10-CM tabular list',
  expected: 'XML with the element <ICD10CM.tabular>',
  fits: (beginning) => beginning.includes('<ICD10CM.tabular'),
  named: /icd.?10.?cm.*tabular.*|code.tables.*tabular/i,
};

export type InstructionKind = 'excludes1' | 'excludes2' | 'includes' | 'codeFirst' | 'useAdditionalCode';

/** One note of an instruction, in the words of the tabular list. */
export interface Instruction {
  readonly kind: InstructionKind;
  readonly text: string;
  /** Codes without point, each with all below it, and ranges as `A00-A09`. Of some notes there are none: they say it in words. */
  readonly codes: readonly string[];
  /** Of the codes, those that the note narrows: “E08-E13 with .39”. */
  readonly narrowed?: readonly string[];
}

/**
 * `rows` has headers and billable codes, those of seven characters included, with the notes that stand at the code itself;
 * what stands above holds below. `read` counts `diag` elements.
 */
export interface ImportedTabular extends ImportedCodes {
  /** As the file says it: `2021`. */
  readonly version?: string;
  /**
   * By code, where they stand. What a note narrows is left out of exclusions, so that none is found that there is not, and
   * kept in sequences, so that none is missed. `includes` has the words of the notes of inclusion.
   */
  readonly notes: ReadonlyMap<string, CodeNotes>;
  /** Those of chapters and sections, by their range: `A00-A09`. */
  readonly blockNotes: ReadonlyMap<string, CodeNotes>;
  /** The words of all instructions, by code or range. */
  readonly instructions: ReadonlyMap<string, readonly Instruction[]>;
}

/** A chapter, a section or a `diag`, while it is read. */
interface Node {
  readonly element: string;
  readonly line: number;
  name: string;
  title: string;
  readonly instructions: Instruction[];
  readonly sevenths: { readonly char: string; readonly says: string }[];
  /** Seventh characters that codes with a certain sixth do not take. */
  readonly exceptions: { readonly sixths: readonly string[]; readonly sevenths: readonly string[] }[];
  readonly children: Node[];
}

const KINDS: readonly string[] = ['excludes1', 'excludes2', 'includes', 'codeFirst', 'useAdditionalCode'];
/** The list nests a code in a section, a chapter and up to four others, and its notes in it. */
const DEEPEST = 40;
const NODES: readonly string[] = ['chapter', 'section', 'diag'];

export function importIcdTabular(source: Source): ImportedTabular | LayoutFailure {
  const opened = openText(source, icdTabular);
  if ('failure' in opened) return opened;
  const tree = readTree(opened.text);
  if ('failure' in tree) return tree;
  const { version, chapters, refused, read } = tree;
  const list = new List(refused);
  for (const chapter of chapters) list.add(chapter, { sevenths: [], exceptions: [] });
  const { rows, notes, blockNotes, instructions } = list;
  refused.sort((a, b) => a.line - b.line);
  return { ...(version !== '' && { version }), rows, notes, blockNotes, instructions, refused, read };
}

interface Tree {
  readonly version: string;
  readonly chapters: readonly Node[];
  readonly refused: RefusedRow[];
  readonly read: number;
}

function readTree(xml: string): Tree | LayoutFailure {
  const parser = new SaxesParser();
  const refused: RefusedRow[] = [];
  const path: string[] = [];
  const top: Node = newNode('', 0, '');
  const open: Node[] = [top];
  let [text, char, version, read] = ['', '', '', 0];
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    if (path.length > DEEPEST) throw new Error('elements are nested too deeply');
    [text, char] = ['', attributes['char'] ?? ''];
    if (!NODES.includes(name)) return;
    const node = newNode(name, parser.line, attributes['id'] ?? '');
    open.at(-1)?.children.push(node);
    open.push(node);
    if (name === 'diag') read++;
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', ({ name }) => {
    const [parent, node] = [path.at(-2) ?? '', open.at(-1) ?? top];
    path.pop();
    if (NODES.includes(name)) open.pop();
    else if (name === 'version' && path.length === 1) version = tidy(text);
    else if (name === 'name' && parent === 'diag') node.name = tidy(text);
    else if (name === 'desc' && parent === node.element) node.title = tidy(text);
    else if (name === 'extension') takeSeventh(node, char, tidy(text), parser.line, refused);
    else if (name === 'note') takeNote(node, parent, tidy(text), parser.line, refused);
    text = '';
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    // saxes begins its messages with the line and the column.
    const message = (error instanceof Error ? error.message : String(error)).replace(/^\d+:\d+: /, '');
    const { line } = parser;
    return { failure: `The XML is broken on line ${String(line)}: ${message.replace(/[.]$/, '')}.`, line };
  }
  return { version, chapters: top.children, refused, read };
}

const newNode = (element: string, line: number, name: string): Node => ({
  element,
  line,
  name,
  title: '',
  instructions: [],
  sevenths: [],
  exceptions: [],
  children: [],
});

function takeSeventh(node: Node, char: string, says: string, line: number, refused: RefusedRow[]): void {
  if (/^[0-9A-Z]$/.test(char) && says !== '') node.sevenths.push({ char, says });
  else
    refused.push({
      line,
      reason: `The 7th character ${quoted(char)} of ${node.name} is malformed or says nothing.`,
    });
}

function takeNote(node: Node, parent: string, text: string, line: number, refused: RefusedRow[]): void {
  if (isKind(parent)) {
    const references = parent === 'includes' ? [] : referencesIn(text);
    const narrowed = references.filter((reference) => reference.narrowed).map(({ code }) => code);
    const codes = references.map(({ code }) => code);
    node.instructions.push({ kind: parent, text, codes, ...(narrowed.length > 0 && { narrowed }) });
  } else if (parent === 'notes' && /7th characters?.*do(?:es)? not apply/i.test(text)) {
    const exception = exceptionIn(text);
    if (exception) node.exceptions.push(exception);
    else
      refused.push({
        line,
        reason: `An exception of 7th characters is not understood: ${quoted(text, 120)}.`,
      });
  }
}

const isKind = (name: string): name is InstructionKind => KINDS.includes(name);

/** “7th characters D and S do not apply to codes in category S06 with 6th character 7 - death …, or 8 - death …” */
function exceptionIn(text: string): Node['exceptions'][number] | undefined {
  const [, sevenths, , rest] =
    /7th characters? (.*?) do(?:es)? not apply to codes in category (\S+) with 6th character (.*)$/i.exec(
      text,
    ) ?? [];
  const sixths = [...(rest ?? '').matchAll(/(?<![0-9A-Za-z])([0-9A-Z]) ?-/g)].map(([, sixth = '']) => sixth);
  const characters = [...(sevenths ?? '').matchAll(/\b[0-9A-Z]\b/g)].map(([character]) => character);
  return sixths.length > 0 && characters.length > 0 ? { sixths, sevenths: characters } : undefined;
}

/** What a code takes over from those above it. */
type Inherited = Pick<Node, 'sevenths' | 'exceptions'>;

/** The list as it grows, from the tree in the order of the file. */
class List {
  readonly rows: CodeRow[] = [];
  readonly notes = new Map<string, CodeNotes>();
  readonly blockNotes = new Map<string, CodeNotes>();
  readonly instructions = new Map<string, readonly Instruction[]>();
  readonly #lineOf = new Map<string, number>();
  readonly #refused: RefusedRow[];

  constructor(refused: RefusedRow[]) {
    this.#refused = refused;
  }

  add(node: Node, above: Inherited): void {
    const code = node.name.replace('.', '');
    const below = {
      sevenths: node.sevenths.length > 0 ? node.sevenths : above.sevenths,
      exceptions: [...above.exceptions, ...node.exceptions],
    };
    if (node.element !== 'diag') this.#block(node);
    else if (this.#isGood(node, code)) this.#code(node, code, below);
    for (const child of node.children) this.add(child, below);
  }

  /** A section has its range as an id, a chapter at the end of its title. */
  #block(node: Node): void {
    const [, range] = /\(([A-Z]\w\w-[A-Z]\w\w)\)\s*$/.exec(node.title) ?? [];
    const key = node.name || range;
    if (key === undefined || node.instructions.length === 0) return;
    // A chapter of one section has its range.
    const all = [...(this.instructions.get(key) ?? []), ...node.instructions];
    this.instructions.set(key, all);
    this.blockNotes.set(key, notesOf(all));
  }

  #code(node: Node, code: string, { sevenths, exceptions }: Inherited): void {
    const notes = node.instructions.length > 0 ? notesOf(node.instructions) : undefined;
    const takesSeventh = sevenths.length > 0 && code.length < 7;
    const billable = node.children.length === 0 && !takesSeventh;
    this.rows.push({ code, title: node.title, billable, ...(notes && { notes }) });
    if (notes) {
      this.notes.set(code, notes);
      this.instructions.set(code, node.instructions);
    }
    if (!takesSeventh || node.children.length > 0) return;
    const six = code.padEnd(6, 'X');
    for (const { char, says } of sevenths) {
      const sixth = six.charAt(5);
      if (
        exceptions.some((exception) => exception.sixths.includes(sixth) && exception.sevenths.includes(char))
      )
        continue;
      this.rows.push({ code: `${six}${char}`, title: `${node.title}, ${says}`, billable: true });
    }
  }

  #isGood(node: Node, code: string): boolean {
    const reason = this.#whyNot(node, code);
    if (reason !== undefined) this.#refused.push({ line: node.line, reason });
    else this.#lineOf.set(code, node.line);
    return reason === undefined;
  }

  #whyNot({ name, title }: Node, code: string): string | undefined {
    const before = this.#lineOf.get(code);
    if (!/^\w{3}(?:[.]\w{1,4})?$/.test(name) || !DIAGNOSIS_CODE.test(code))
      return `The code ${quoted(name)} is malformed.`;
    if (title === '') return `The code ${name} has no title.`;
    return before === undefined ? undefined : `The code ${name} stands on line ${String(before)} already.`;
  }
}

function notesOf(instructions: readonly Instruction[]): CodeNotes {
  const codes = (kind: InstructionKind, narrowed: boolean): readonly string[] => [
    ...new Set(
      instructions
        .filter((instruction) => instruction.kind === kind)
        .flatMap((instruction) =>
          instruction.codes.filter((code) => narrowed || !instruction.narrowed?.includes(code)),
        ),
    ),
  ];
  const [excludes1, excludes2] = [codes('excludes1', false), codes('excludes2', false)];
  const [codeFirst, useAdditional] = [codes('codeFirst', true), codes('useAdditionalCode', true)];
  const includes = instructions.filter(({ kind }) => kind === 'includes').map(({ text }) => text);
  return {
    ...(excludes1.length > 0 && { excludes1 }),
    ...(excludes2.length > 0 && { excludes2 }),
    ...(codeFirst.length > 0 && { codeFirst }),
    ...(useAdditional.length > 0 && { useAdditional }),
    ...(includes.length > 0 && { includes }),
  };
}
