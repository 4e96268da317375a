/** Flow collections (`[a, b]`, `{key: value}`) read from the left, as far as they are written. */

export interface FlowFrame {
  readonly kind: 'map' | 'seq';
  /** The key or index that is being written; undefined before the colon of a mapping. */
  readonly step: string | number | undefined;
  readonly keys: readonly string[];
  /** The text since the last delimiter. */
  readonly pending: string;
}

/** Reads on from the collections that are open; answers with those that are open at the end. */
export function readFlow(text: string, open: readonly FlowFrame[]): FlowFrame[] {
  const stack = [...open];
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const top = stack.at(-1);
    if (quote !== '') {
      if (char === quote) quote = '';
      if (top) stack[stack.length - 1] = append(top, char);
    } else if (char === '#' && (i === 0 || /\s/.test(text.charAt(i - 1)))) break;
    else if ((char === '"' || char === "'") && (top === undefined || top.pending.trim() === '')) {
      quote = char;
      if (top) stack[stack.length - 1] = append(top, char);
    } else readChar(stack, char, text.charAt(i + 1));
  }
  return stack;
}

const append = (frame: FlowFrame, char: string): FlowFrame => {
  const pending = frame.pending + char;
  return { ...frame, pending: frame.pending === '' ? pending.trimStart() : pending };
};

function readChar(stack: FlowFrame[], char: string, next: string): void {
  const top = stack.at(-1);
  if (char === '[') stack.push({ kind: 'seq', step: 0, keys: [], pending: '' });
  else if (char === '{') stack.push({ kind: 'map', step: undefined, keys: [], pending: '' });
  else if (!top) return;
  else if (char === ']' || char === '}') {
    stack.pop();
    const outer = stack.at(-1);
    if (outer) stack[stack.length - 1] = { ...outer, pending: '' };
  } else if (char === ',') {
    const step = top.kind === 'seq' ? Number(top.step) + 1 : undefined;
    stack[stack.length - 1] = { ...top, step, pending: '' };
  } else if (char === ':' && top.kind === 'map' && top.step === undefined && /^\s?$/.test(next)) {
    const key = top.pending.trim().replace(/^["']|["']$/g, '');
    stack[stack.length - 1] = { ...top, step: key, keys: [...top.keys, key], pending: '' };
  } else stack[stack.length - 1] = append(top, char);
}
