/**
 * The two builds of VS Code that the suite can run in, behind one interface.
 *
 * `CODING_SPEC_VSCODE` chooses: `desktop`, `server`, or `auto` (the desktop build where it can be
 * had, the server build elsewhere, with the reason).
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findChromium } from '../server-build/browser.mjs';
import { installServerBuild } from '../server-build/install.mjs';
import { installExtension } from '../server-build/server.mjs';
import { desktopOptions, findDesktop, installOnDesktop } from './desktop.mjs';
import { cache } from './paths.mjs';

/**
 * @typedef {object} Build
 * @property {string} name
 * @property {{vscodeExecutablePath: string} | {cachePath: string, timeout: number}} options for test-electron's `runTests`
 * @property {(profile: {userData: string, extensions: string}, vsix: string) => Promise<void>} install
 */

/** @returns {Promise<Build>} */
export async function chooseBuild() {
  const wanted = process.env['CODING_SPEC_VSCODE'] ?? 'auto';
  switch (wanted) {
    case 'desktop':
      return desktopBuild();
    case 'server':
      return serverBuild();
    case 'auto':
      return desktopBuild().catch((/** @type {unknown} */ error) => {
        console.log(
          `The desktop build of VS Code is not to be had here: ${reason(error)}. Using the server build.`,
        );
        return serverBuild();
      });
    default:
      throw new Error(`CODING_SPEC_VSCODE is "${wanted}"; it can be desktop, server or auto`);
  }
}

/** @returns {Promise<Build>} */
async function desktopBuild() {
  const executable = await findDesktop();
  const { cachePath, timeout } = desktopOptions;
  return {
    name: 'desktop build',
    options: { cachePath, timeout },
    install: (profile, vsix) => installOnDesktop(executable, profile, vsix),
  };
}

/** @returns {Promise<Build>} */
async function serverBuild() {
  findChromium();
  await installServerBuild();
  return {
    name: 'server build',
    options: { vscodeExecutablePath: await writeLauncher() },
    install: installExtension,
  };
}

/**
 * test-electron starts an executable file, so the launcher gets one, which runs it with this Node.
 * @returns {Promise<string>}
 */
async function writeLauncher() {
  const file = path.join(cache, 'vscode-server-build');
  const script = path.resolve(import.meta.dirname, '../server-build/launch.mjs');
  await mkdir(cache, { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof Error ? error.message : String(error);
}
