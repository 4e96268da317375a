/**
 * Takes the pictures of the documentation: `node test/vscode/screenshot.mjs [name …]`.
 *
 * The server build shows the extension of this folder on a copy of the examples; Playwright drives
 * the keyboard. Same VS Code, same fonts, same size every time.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { URLSearchParams } from 'node:url';
import { buildExtension } from './harness/build.mjs';
import { root } from './harness/paths.mjs';
import { createSandbox } from './harness/sandbox.mjs';
import { launchBrowser } from './server-build/browser.mjs';
import { startServer } from './server-build/server.mjs';

/** @typedef {import('playwright-core').Page} Page */

const images = path.join(root, 'docs', 'images');
const article = 'article.encounter.yaml';
const line = '96365 × 1';
const specification = 'cpt-96365.spec.yaml';

/**
 * @typedef {object} Picture
 * @property {Record<string, unknown>} settings
 * @property {(page: Page) => Promise<void>} prepare
 * @property {string | undefined} [folder] of the examples, where it is not all of them
 * @property {string} [file] that is open at first; the article's encounter, if left out
 */

/** Pictures of the walkthrough are shown small. */
const small = { width: 880, height: 600 };
const beginning = { settings: {}, folder: 'getting-started', file: '1-first-visit.encounter.yaml' };

/** @type {Record<string, Picture>} */
const pictures = {
  'lines-inline': { settings: {}, prepare: showProblems },
  'lines-inlay': {
    settings: { 'codingSpec.lines.show': 'inlayHints', 'editor.inlayHints.maximumLength': 0 },
    prepare: showInlayHints,
  },
  hover: { settings: {}, prepare: showHover },
  completion: { settings: {}, prepare: showCompletion },
  timeline: { settings: {}, prepare: showTimeline },
  payers: { settings: {}, prepare: showPayers },
  article: { settings: {}, prepare: showArticle },
  impact: { settings: {}, prepare: showImpact },
  coverage: { settings: {}, prepare: showClauses },
  'getting-started': { ...beginning, prepare: showLine },
  'new-encounter': { ...beginning, prepare: showNewEncounter },
  'change-a-rule': { ...beginning, file: 'lakeside-health.policy.yaml', prepare: showChangedRule },
  tests: { ...beginning, file: 'lakeside-health.policy.yaml', prepare: showCoverage },
  // Not in the documentation: how the walkthrough itself looks.
  walkthrough: { ...beginning, folder: undefined, file: article, prepare: showWalkthrough },
};

/** Rows of an order file, as the release that is installed for the pictures: code, billable, title. */
const codes = [
  ['E86', 0, 'Volume depletion'],
  ['E860', 1, 'Dehydration'],
  ['E861', 1, 'Hypovolemia'],
  ['E87', 0, 'Other disorders of fluid, electrolyte and acid-base balance'],
  ['E875', 1, 'Hyperkalemia'],
  ['E876', 1, 'Hypokalemia'],
  ['E8770', 1, 'Fluid overload, unspecified'],
  ['P741', 1, 'Dehydration of newborn'],
  ['P7432', 1, 'Hypokalemia of newborn'],
  ['R112', 1, 'Nausea with vomiting, unspecified'],
];

/** Nothing in the picture that is not about the extension. */
const calm = {
  'window.title': '${activeEditorShort} - ${rootName}',
  'window.commandCenter': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.lightbulb.enabled': 'off',
};

/** The encounter with its lines as diagnostics, and the list of them below. */
async function showProblems(/** @type {Page} */ page) {
  await run(page, 'Problems: Focus on Problems View');
  const panel = page.locator('.markers-panel');
  await panel.getByText(line).first().waitFor();
  // Only the file that is open: the other examples have their own problems.
  await page
    .getByPlaceholder(/Filter/)
    .first()
    .fill(article);
  await panel.getByText(article).first().waitFor();
}

async function showInlayHints(/** @type {Page} */ page) {
  await page.locator('.monaco-editor .view-lines').getByText(line).first().waitFor();
}

/** The reasoning behind the first line, as the mouse over the administration shows it. */
async function showHover(/** @type {Page} */ page) {
  await page.locator('.monaco-editor .squiggly-info').first().waitFor();
  await run(page, 'Go to Next Problem in Files (Error, Warning, Info)');
  await page.keyboard.press('Escape');
  await run(page, 'Show or Focus Hover');
  await page.locator('.monaco-hover').getByText(line).first().waitFor();
}

/** A diagnosis that somebody types by its name, and misspells. */
async function showCompletion(/** @type {Page} */ page) {
  await goTo(page, '9:25');
  await page.keyboard.type(', hypokalmia', { delay: 60 });
  // The list of all that was typed: that of its beginning has other codes first.
  await page.locator('.suggest-widget .monaco-list-row').first().getByText('E87.6').waitFor();
}

/** The first line, as F8 shows it. */
async function showLine(/** @type {Page} */ page) {
  await page.locator('.monaco-editor .squiggly-info').first().waitFor();
  await run(page, 'Go to Next Problem (Error, Warning, Info)');
  await page.locator('.marker-widget').getByText(line).first().waitFor();
}

/** A new encounter, made with the questions that a person is asked, at its first blank. */
async function showNewEncounter(/** @type {Page} */ page) {
  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await begin(page, 'F1', '>Coding Spec: New Encounter…');
  const input = page.locator('.quick-input-widget input');
  await page.locator('.quick-input-message').getByText('Name of the encounter').waitFor();
  await input.fill('second-visit');
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
  await page.locator('.monaco-editor .view-lines').getByText('second-visit').waitFor();
  await page.keyboard.press('Tab');
  await page.locator('.suggest-widget').getByText('facility').first().waitFor();
}

/** A threshold that is changed and not saved: counts beside the clauses, and what the change does at the head. */
async function showChangedRule(/** @type {Page} */ page) {
  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await page.locator('.codelens-decoration').getByText('encounter').first().waitFor();
  await goTo(page, '16:22');
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.type('31', { delay: 60 });
  await page.keyboard.press('Control+Home');
  await page.locator('.codelens-decoration').getByText('Unsaved changes').first().waitFor();
}

async function showCoverage(/** @type {Page} */ page) {
  await run(page, 'Testing: Focus on Test Explorer View');
  await page.locator('.test-explorer').getByText('encounters').first().waitFor();
  await run(page, 'Test: Run All Tests with Coverage');
  await page.getByText('lakeside').last().waitFor();
  await page.locator('.test-explorer .monaco-list-row').first().click();
  await page.locator('.test-explorer').getByText('3-my-code').first().waitFor();
}

async function showWalkthrough(/** @type {Page} */ page) {
  await run(page, 'Coding Spec: Open Walkthrough');
  await page.locator('.getting-started-step').first().waitFor();
  await page.locator('.getting-started-media img').first().waitFor();
}

/**
 * @param {Page} page
 * @param {string} place line and column
 */
async function goTo(page, place) {
  await page.keyboard.press('Control+g');
  const input = page.locator('.quick-input-widget input');
  await input.fill(`:${place}`);
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function openFile(page, name) {
  await page.keyboard.press('Control+p');
  const input = page.locator('.quick-input-widget input');
  await input.fill(name);
  // Files that were open before are listed until others have been found.
  const found = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first();
  await found.click();
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
}

/**
 * Waits until a view beside the text has a text.
 * @param {Page} page
 * @param {string} text
 */
async function viewHas(page, text) {
  const view = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  await view.getByText(text).first().waitFor();
}

/** What ran when beside the text of an encounter, with the one at the caret marked. */
async function showTimeline(/** @type {Page} */ page) {
  await goTo(page, '13:10');
  await run(page, 'Coding Spec: Show Timeline of Encounter');
  await viewHas(page, '91 min');
  await run(page, 'View: Close Primary Side Bar');
}

async function showPayers(/** @type {Page} */ page) {
  await goTo(page, '13:10');
  await run(page, 'Coding Spec: Compare Payers');
  await viewHas(page, 'Units by payer and line');
  await run(page, 'View: Close Primary Side Bar');
}

async function showArticle(/** @type {Page} */ page) {
  await openFile(page, specification);
  await run(page, 'Coding Spec: Show Specification as Article');
  await viewHas(page, 'CPT');
  await run(page, 'View: Close Primary Side Bar');
}

/** A threshold that somebody has changed and not saved, and what that does to the encounters. */
async function showImpact(/** @type {Page} */ page) {
  await openFile(page, specification);
  await run(page, 'Replace');
  const find = page.locator('.find-widget');
  await find.getByPlaceholder('Find').fill('at_least: 16 min');
  await find.getByPlaceholder('Replace').fill('at_least: 31 min');
  await page.keyboard.press('Control+Alt+Enter');
  await page.keyboard.press('Escape');
  await run(page, 'Coding Spec: Show Impact of Unsaved Changes');
  await viewHas(page, 'other lines than with the saved text');
  await run(page, 'View: Close Primary Side Bar');
}

/** The clauses of a specification that encounters put to the test. */
async function showClauses(/** @type {Page} */ page) {
  await run(page, 'Test: Run All Tests with Coverage');
  await openFile(page, specification);
  await page.locator('.coverage-deco-gutter').first().waitFor();
}

/**
 * Installs a small release of ICD-10-CM in a workspace.
 * @param {string} workspace
 */
async function installCodes(workspace) {
  const order = path.join(root, 'out', 'icd10cm_order_2026.txt');
  const lines = codes.map(
    ([code, flag, title], i) =>
      `${String(i + 1).padStart(5, '0')} ${String(code).padEnd(7)} ${String(flag)} ${String(title).slice(0, 60).padEnd(60)} ${String(title)}`,
  );
  await writeFile(order, `${lines.join('\n')}\n`);
  const cli = path.join(root, 'dist', 'cli.cjs');
  const folder = path.join(workspace, '.coding-spec', 'codes');
  execFileSync(process.execPath, [cli, 'codes', 'install', order, '--folder', folder]);
}

/**
 * Runs a command from the palette, by its title.
 * @param {Page} page
 * @param {string} title
 */
async function run(page, title) {
  await choose(page, 'F1', `>${title}`);
}

/**
 * @param {Page} page
 * @param {string} key opens the quick input
 * @param {string} text
 */
async function choose(page, key, text) {
  const input = await begin(page, key, text);
  await input.waitFor({ state: 'hidden' });
}

/**
 * The same for what asks further questions.
 * @param {Page} page
 * @param {string} key
 * @param {string} text
 */
async function begin(page, key, text) {
  await page.keyboard.press(key);
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill(text);
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
  return input;
}

/**
 * @param {string} name
 * @param {Picture} picture
 */
async function take(name, { settings, prepare, folder, file = article }) {
  const sandbox = await createSandbox({ ...calm, ...settings });
  const workspace = path.join(sandbox.workspace, folder ?? '');
  if (folder === undefined) await installCodes(workspace);
  const server = await startServer(sandbox, () => undefined);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      viewport: folder === undefined ? { width: 1400, height: 900 } : small,
    });
    await openWorkbench(page, server.host, workspace);
    await choose(page, 'Control+p', file);
    await page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
    await page.locator('.explorer-viewlet .monaco-list-row.selected').getByText(file).waitFor();
    await prepare(page);
    await page.locator('.statusbar-item').getByText('Saving').waitFor({ state: 'hidden' });
    const place = name === 'walkthrough' ? 'out' : 'docs/images';
    await page.screenshot({ path: path.join(root, place, `${name}.png`) });
    console.log(`${place}/${name}.png`);
  } catch (error) {
    await browser
      .contexts()[0]
      ?.pages()[0]
      ?.screenshot({ path: path.join(root, 'out', `${name}-failed.png`) });
    throw error;
  } finally {
    await browser.close();
    server.stop();
    await sandbox.remove();
  }
}

/**
 * @param {Page} page
 * @param {string} host
 * @param {string} folder
 */
async function openWorkbench(page, host, folder) {
  const payload = [
    ['extensionDevelopmentPath', `vscode-remote://${host}${root}`],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  await page.goto(
    `http://${host}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) }).toString()}`,
  );
  await page.locator('.explorer-viewlet .monaco-list-row').first().waitFor();
}

await buildExtension();
await mkdir(images, { recursive: true });
const wanted = process.argv.slice(2);
for (const [name, picture] of Object.entries(pictures)) {
  if (wanted.length === 0 || wanted.includes(name)) await take(name, picture);
}
process.exit();
