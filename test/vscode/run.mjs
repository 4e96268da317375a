/**
 * `npm run test:vscode`: runs the mocha suite in a real VS Code, through @vscode/test-electron.
 *
 * Twice: with the extension from this folder, and with the packaged one, installed as users do.
 * `--pass development|packaged` runs one of them, `--grep` some of the tests, and `--self-check`
 * proves that the harness notices failures. CODING_SPEC_VSCODE chooses the build of VS Code.
 */
import { ensureInstalled } from '../../scripts/prepare-tree.mjs';

ensureInstalled();
const { main } = await import('./harness/main.mjs');
await main(process.argv.slice(2));
