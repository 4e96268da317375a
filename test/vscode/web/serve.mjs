/** A web site of some folders on this machine, as a browser sees an extension that comes from a gallery. */
import { once } from 'node:events';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { URL } from 'node:url';

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.json': 'application/json',
};

/**
 * @param {Record<string, string>} folders by the first step of their addresses
 * @returns {Promise<{address: string, stop: () => void}>}
 */
export async function serveFolders(folders) {
  const server = createServer((request, response) => {
    const [, first = '', ...rest] = decodeURIComponent(
      new URL(request.url ?? '/', 'http://x').pathname,
    ).split('/');
    const folder = folders[first];
    const file = folder === undefined ? undefined : path.join(folder, ...rest);
    // The workbench and the extension come from different addresses.
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (file === undefined || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'text/plain' });
    createReadStream(file).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the web site has no address');
  return {
    address: `http://127.0.0.1:${String(address.port)}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
