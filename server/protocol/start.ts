/** How the server is started as a process by those who start it: the client in VS Code, and `coding-spec lsp`. */

/**
 * Options of Node before the program. Left alone, Node lets three times what is in use lie around before it collects garbage
 * where the machine has much memory; with a large file open that is hundreds of megabytes. In megabytes, and in per cent of
 * what is in use.
 */
export const SERVER_NODE_OPTIONS: readonly string[] = [
  '--max-semi-space-size=2',
  '--heap-growing-percent=25',
];

/**
 * The first message to the server where it is a worker in a browser; all others are LSP. What ships with the program is handed
 * over whole, since files are slow to fetch one by one there, and folders of a web site cannot be listed.
 */
export interface WorkerStart {
  /** The folder of the built-in library: a URI. */
  readonly library: string;
  /** Its rule documents: a JSON object of texts by path, as `dist/library.json` has them. */
  readonly texts: string;
  /** What is known of them beforehand, as `dist/library.prepared` has it. */
  readonly prepared: string;
}
