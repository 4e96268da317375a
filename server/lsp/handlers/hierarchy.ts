/** The hierarchy of codes: codes that add to one come in, codes that it adds to go out. */
import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Range,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import {
  addOnsOf,
  codesAt,
  primariesOf,
  type Analysis,
  type CodeItem,
  type CodeRelation,
  type DocumentId,
} from '../../core/index.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { toRange } from '../to-proto.ts';

interface AskedItem {
  readonly item: CallHierarchyItem;
}

export function registerHierarchy(session: Session): void {
  const { callHierarchy } = session.connection.languages;
  callHierarchy.onPrepare(
    guarded<TextDocumentPositionParams, CallHierarchyItem[] | null>(
      session,
      'the hierarchy of codes',
      null,
      ({ textDocument, position }) => {
        const { analysis } = session;
        const file = fileOf(textDocument.uri);
        const items = codesAt(analysis, file, analysis.offset(file, position));
        return items.length === 0 ? null : items.map((item) => toItem(analysis, item));
      },
    ),
  );
  callHierarchy.onIncomingCalls(
    guarded<AskedItem, CallHierarchyIncomingCall[]>(session, 'add-on codes', [], ({ item }) =>
      addOnsOf(session.analysis, documentOf(item)).map((relation) => ({
        from: toItem(session.analysis, relation.item),
        fromRanges: placesIn(session.analysis, relation),
      })),
    ),
  );
  callHierarchy.onOutgoingCalls(
    guarded<AskedItem, CallHierarchyOutgoingCall[]>(session, 'primary codes', [], ({ item }) =>
      primariesOf(session.analysis, documentOf(item)).map((relation) => ({
        to: toItem(session.analysis, relation.item),
        fromRanges: placesIn(session.analysis, relation),
      })),
    ),
  );
}

/** The item carries its specification, so that a follow-up needs nothing else. */
const documentOf = ({ data }: CallHierarchyItem): DocumentId =>
  (typeof data === 'string' ? data : '') as DocumentId;

const toItem = (analysis: Analysis, { code, title, document, at }: CodeItem): CallHierarchyItem => ({
  name: code,
  detail: title,
  kind: SymbolKind.Function,
  uri: at.file,
  range: toRange(analysis, at.file, at.whole),
  selectionRange: toRange(analysis, at.file, at),
  data: document,
});

const placesIn = (analysis: Analysis, { places }: CodeRelation): Range[] =>
  places.map((place) => toRange(analysis, place.file, place));
