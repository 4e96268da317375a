/** How the server is started as a process by those who start it: the client in VS Code, and `coding-spec lsp`. */

/**
 * Options of Node before the program. Left alone, Node lets three times what is in use lie around before it collects garbage
 * where the machine has much memory; with a large file open that is hundreds of megabytes. In megabytes, and in per cent of
 * what is in use.
 */
export const SERVER_NODE_OPTIONS: readonly string[] = [
  '--max-semi-space-size=2',
  '--heap-growing-percent=20',
];
