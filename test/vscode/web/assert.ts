/** What the tests use of Node's `assert`, for an extension host in a browser, which has none. */

class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

function ok(value: unknown, message = 'it should hold'): asserts value {
  if (!value) throw new AssertionError(message);
}

function fail(message: string): never {
  throw new AssertionError(message);
}

function match(text: string, pattern: RegExp): void {
  ok(pattern.test(text), `${text} should match ${String(pattern)}`);
}

export default { ok, fail, match };
