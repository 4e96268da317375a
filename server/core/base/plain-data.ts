/**
 * Plain data (objects, lists, maps and scalars) as JSON text and back, with what JSON has no word for: maps, and keys whose
 * value is undefined. One text is left out and put in again, such as the name of the document that the data is about.
 */

/** `{"$": "map", "of": [[key, value] …]}`, `{"$": "undefined"}`, `{"$": "name"}`. */
const MARK = '$';

export function writePlain(value: unknown, name: string): string {
  const write = (item: unknown): unknown => {
    if (item === undefined) return { [MARK]: 'undefined' };
    if (item === name) return { [MARK]: 'name' };
    if (typeof item !== 'object' || item === null) return item;
    if (Array.isArray(item)) return item.map(write);
    if (item instanceof Map) return { [MARK]: 'map', of: [...item].map(write) };
    if (Object.hasOwn(item, MARK)) throw new Error(`The key ${MARK} cannot be written.`);
    return Object.fromEntries(Object.entries(item).map(([key, own]) => [key, write(own)]));
  };
  return JSON.stringify(write(value));
}

export function readPlain(text: string, name: string): unknown {
  const read = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return item;
    if (Array.isArray(item)) {
      for (let i = 0; i < item.length; i++) item[i] = read(item[i]);
      return item;
    }
    const own = item as Record<string, unknown>;
    const mark = own[MARK];
    if (mark === undefined) {
      for (const key of Object.keys(own)) own[key] = read(own[key]);
      return own;
    }
    if (mark === 'map') return new Map(read(own['of']) as [unknown, unknown][]);
    return mark === 'name' ? name : undefined;
  };
  return read(JSON.parse(text));
}
