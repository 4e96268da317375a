/**
 * Every request runs behind this guard: a fault of ours is logged with its stack and shown, and the request is answered
 * with its empty value. Silence would look like "all clear".
 */
import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';

export interface FaultSink {
  readonly fault: (where: string, error: unknown) => void;
  /** Called when the work of a request is done, whatever came of it. */
  readonly answered: () => void;
}

/** Wraps a handler. Requests that were cancelled are answered as such, before and after the work. */
export function guarded<P, R>(
  sink: FaultSink,
  name: string,
  empty: R,
  handler: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R> {
  return async (params, token) => {
    if (token.isCancellationRequested) throw cancelled();
    try {
      const result = await handler(params, token);
      if (token.isCancellationRequested) throw cancelled();
      return result;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      sink.fault(name, error);
      return empty;
    } finally {
      sink.answered();
    }
  };
}

export const cancelled = (): ResponseError<unknown> =>
  new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');

/** The words for a fault, with its stack, for the log. */
export const faultText = (where: string, error: unknown): string =>
  `Internal error in ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
