/**
 * Getting an official file from the web, whole or not at all. Nothing is resumed and nothing is kept in between, so that two
 * versions of a file are never mixed: every attempt begins anew, in memory.
 */
import { decodedName } from '../core/index.ts';
import { HTML_PAGE, megabytes, type Failure, type OriginalFile } from './original.ts';

export interface DownloadOptions {
  /** How long nothing may arrive before the download is given up, in milliseconds. */
  readonly patience: number;
  /** The most bytes that are taken. */
  readonly most: number;
  /** Is told of every piece: the bytes so far, and how many are expected where the server says so. */
  readonly progress?: (received: number, expected: number | undefined) => void;
}

const MOST_REDIRECTS = 10;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Follows redirects, but never from https to http. What goes wrong is one sentence that begins with the address. */
export async function download(address: string, options: DownloadOptions): Promise<OriginalFile | Failure> {
  const url = httpUrl(address);
  if ('failure' in url) return url;
  const patience = new Patience(options.patience);
  try {
    const answer = await follow(url, patience);
    return 'failure' in answer ? answer : await receive(answer, patience, options);
  } catch (error) {
    return { failure: `${shown(url)}: ${whyNot(error, url)}` };
  } finally {
    patience.end();
  }
}

/** An address without what may be secret in it: name, password and query. */
const shown = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

function httpUrl(address: string): URL | Failure {
  if (!URL.canParse(address)) return { failure: `${address}: this is no web address.` };
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { failure: `${address}: only https:// and http:// can be downloaded.` };
  return url.username === '' && url.password === ''
    ? url
    : { failure: `${shown(url)}: an address with a name or a password in it is not used.` };
}

/** Ends a request when nothing has arrived for a while. */
class Patience {
  readonly #controller = new AbortController();
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  renew(): void {
    clearTimeout(this.#timer);
    const seconds = String(this.#milliseconds / 1000);
    this.#timer = setTimeout(() => {
      this.#controller.abort(new Stalled(`nothing arrived for ${seconds} s, and the download was given up.`));
    }, this.#milliseconds);
  }

  end(): void {
    clearTimeout(this.#timer);
    // Ends a connection of which the rest is not wanted.
    this.#controller.abort();
  }
}

class Stalled extends Error {}

interface Answer {
  readonly response: Response;
  /** Where it came from in the end. */
  readonly url: URL;
}

async function follow(first: URL, patience: Patience): Promise<Answer | Failure> {
  const visited = new Set<string>();
  let url = first;
  for (;;) {
    visited.add(url.href);
    // Compressed on the way, a file has another length than the server says.
    const headers = { 'accept-encoding': 'identity' };
    const response = await fetch(url, { redirect: 'manual', signal: patience.signal, headers });
    patience.renew();
    if (!REDIRECTS.includes(response.status)) return { response, url };
    await response.body?.cancel();
    const next = redirected(url, response.headers.get('location'));
    if ('failure' in next) return next;
    if (visited.has(next.href)) return { failure: `${shown(first)}: the server redirects in a circle.` };
    if (visited.size > MOST_REDIRECTS)
      return { failure: `${shown(first)}: the server redirects more than ${String(MOST_REDIRECTS)} times.` };
    url = next;
  }
}

function redirected(from: URL, location: string | null): URL | Failure {
  if (location === null || !URL.canParse(location, from.href))
    return { failure: `${shown(from)}: the server redirects without saying where to.` };
  const next = httpUrl(new URL(location, from.href).href);
  if ('failure' in next || from.protocol === 'http:' || next.protocol === 'https:') return next;
  return { failure: `${shown(from)}: the server redirects from https to http, which is not followed.` };
}

async function receive(
  { response, url }: Answer,
  patience: Patience,
  { most, progress }: DownloadOptions,
): Promise<OriginalFile | Failure> {
  const failed = (reason: string): Failure => ({ failure: `${shown(url)}: ${reason}` });
  if (response.status !== 200 || !response.body)
    return failed(`the server answers ${`${String(response.status)} ${response.statusText}`.trim()}.`);
  if (/^\s*(?:text\/html|application\/xhtml)/i.test(response.headers.get('content-type') ?? ''))
    return failed(HTML_PAGE);
  const expected = expectedLength(response.headers);
  if (expected !== undefined && expected > most) return failed(tooLarge(most));
  const pieces: Uint8Array[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    patience.renew();
    const piece = next.value as Uint8Array;
    pieces.push(piece);
    received += piece.length;
    if (received > most) return failed(tooLarge(most));
    progress?.(received, expected);
  }
  if (expected !== undefined && received !== expected)
    return failed(
      `${String(received)} bytes arrived, and the server said ${String(expected)}: the file is not complete.`,
    );
  return { name: nameOf(response.headers, url), bytes: new Uint8Array(Buffer.concat(pieces)) };
}

const tooLarge = (most: number): string =>
  `the file is larger than ${megabytes(most)}, which no code set is; it was not taken.`;

/** Undefined where the server does not say it, or says it of other bytes than those that are seen here. */
function expectedLength(headers: Headers): number | undefined {
  const length = headers.get('content-length') ?? '';
  return /^\d+$/.test(length) && !headers.has('content-encoding') ? Number(length) : undefined;
}

/** As the server calls the file, else as its address ends; importers read the release from it. */
function nameOf(headers: Headers, url: URL): string {
  const [, said] = /filename="?([^";]+)/i.exec(headers.get('content-disposition') ?? '') ?? [];
  const name = (said ?? decodedName(url.pathname)).split(/[\\/]/).at(-1)?.trim();
  return name === undefined || name === '' ? url.hostname : name;
}

/** What is to be done about a failure of the network; `fetch` itself says only that it failed. */
function whyNot(error: unknown, { hostname }: URL): string {
  if (error instanceof Stalled) return error.message;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code = '', message = String(cause) } = cause as {
    readonly code?: string;
    readonly message?: string;
  };
  const proxy = proxyHint();
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `${hostname} is not found: this machine may be offline.${proxy}`;
  if (code === 'ECONNREFUSED') return `${hostname} refuses the connection.${proxy}`;
  if (/^(?:ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(code))
    return `${hostname} cannot be reached.${proxy}`;
  if (/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/.test(code))
    return 'the connection ended before the file was complete.';
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code))
    return `the certificate of ${hostname} is not trusted (${code}); NODE_EXTRA_CA_CERTS can name a file with further authorities.`;
  return `it cannot be downloaded (${[code, message].filter((part) => part !== '').join(': ')}).${proxy}`;
}

/** Node uses a proxy only when it is told to. */
function proxyHint(): string {
  const named = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((name) => process.env[name]);
  if (named === undefined || process.env['NODE_USE_ENV_PROXY'] === '1') return '';
  return ` ${named} is set; Node 24 and later use it when NODE_USE_ENV_PROXY=1 is set, too.`;
}
