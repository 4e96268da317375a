/**
 * VS Code's desktop build: is it to be had here, and how does it install an extension?
 *
 * @vscode/test-electron itself answers the first question, by downloading it (or finding it in
 * `.cache`): no second opinion about proxies, mirrors and versions.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { cache, root } from './paths.mjs';

/** Short, so that a machine that swallows packets goes on to the server build within seconds. */
const timeout = 5000;

/** What `runTests` needs in order to use the build that was found here. */
export const desktopOptions = {
  cachePath: path.join(cache, 'vscode-desktop'),
  extensionDevelopmentPath: root,
  timeout,
};

/**
 * Downloads the desktop build unless it is there already.
 * @returns {Promise<string>} its executable
 */
export async function findDesktop() {
  if (
    process.platform === 'linux' &&
    process.env['DISPLAY'] === undefined &&
    process.env['WAYLAND_DISPLAY'] === undefined
  ) {
    throw new Error('there is no display (with Xvfb: xvfb-run -a npm run test:vscode)');
  }
  await mkdir(desktopOptions.cachePath, { recursive: true });
  return downloadAndUnzipVSCode(desktopOptions);
}

/**
 * Installs a packaged extension with the command line of the desktop build.
 * @param {string} executable
 * @param {{userData: string, extensions: string}} profile
 * @param {string} vsix
 */
export async function installOnDesktop(executable, profile, vsix) {
  const [cli = executable, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  const place = [`--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`];
  const child = spawn(cli, [...args, ...place, '--no-sandbox', '--install-extension', vsix, '--force'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`VS Code did not install ${vsix}`);
}
