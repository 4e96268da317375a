/** Places of the server's answers as VS Code has them. */
import { Range } from 'vscode';
import type { Range as PlainRange } from '../server/protocol/place.ts';

export const toRange = ({ start, end }: PlainRange): Range =>
  new Range(start.line, start.character, end.line, end.character);
