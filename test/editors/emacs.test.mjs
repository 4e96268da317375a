/** The packaged server in Emacs, with the configurations of the guide. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { describeEditor, reasonToSkip, runEditor } from './support.mjs';

const levels = new Map([
  ['eglot-error', 'error'],
  ['eglot-warning', 'warning'],
  ['eglot-note', 'information'],
]);
const level = (/** @type {string} */ severity) => levels.get(severity) ?? severity;
const home = '.emacs.d/init.el';
const editor = {
  program: 'emacs',
  configuration: 'eglot.el',
  home,
  // A batch reads no init file by itself.
  args: [
    '--batch',
    '--eval',
    '(load (expand-file-name "init.el" user-emacs-directory))',
    '--load',
    path.join(import.meta.dirname, 'eglot.el'),
  ],
};

describeEditor('Emacs with eglot.el', editor, { level }, ({ of, printed }) => {
  it('has the files of the library answered by the same server', () => {
    assert.equal(/** @type {Record<string, unknown>} */ (of('definition'))['same-server'], true);
  });

  it('leaves other YAML files alone', () => {
    const { mode, managed } = of('others');
    assert.notEqual(mode, 'coding-spec-mode');
    assert.equal(managed, false);
  });

  it('is asked for nothing that it does not know', () => {
    assert.doesNotMatch(printed(), /unsupported|unknown|warning/i);
  });
});

describe('the settings in eglot.el', { skip: reasonToSkip('emacs') }, () => {
  it('reach the server', async () => {
    const { report, printed } = await runEditor(
      { ...editor, env: { CODING_SPEC_STEP: 'diagnostics' } },
      (text) => text.replace('(:show "diagnostics")', '(:show "off")'),
    );
    const shown = report.diagnostics?.answer?.shown ?? assert.fail(printed);
    assert.deepEqual(
      shown.map(({ severity }) => severity),
      ['eglot-error'],
    );
  });
});

describe('Emacs with lsp-mode.el', { skip: reasonToSkip('emacs') }, () => {
  it('shows computed lines and what is wrong, explains them, and warns of nothing', async () => {
    const { report, printed } = await runEditor({
      ...editor,
      configuration: 'lsp-mode.el',
      args: [
        '--batch',
        '--funcall',
        'package-initialize',
        ...editor.args.slice(1, -1),
        path.join(import.meta.dirname, 'lsp-mode.el'),
      ],
    });
    const { answer, failed } = report.diagnostics ?? assert.fail(printed);
    assert.deepEqual(
      answer?.shown.map(({ message, severity, at }) => `${severity} at ${at}: ${message}`).sort(),
      [
        '1 at expect: Expected 96365 × 1, 96367 × 1, computed 96365 × 1, 96366 × 1: 96367 is missing; 96366 was not expected.',
        '3 at first: Billing lines: 96365 × 1, 96366 × 1',
        '3 at substance: ondansetron: 96365 × 1, 96366 × 1',
      ],
      failed,
    );
    assert.match(report.hover?.answer ?? '', /^1\. 96365 reports “.*” as initial: ondansetron\./m);
    assert.notEqual(report.others?.answer?.['mode'], 'coding-spec-mode');
    assert.doesNotMatch(printed, /Unknown notification|unknown method/i);
  });
});
