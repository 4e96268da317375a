/** The packaged server in Neovim, with the configurations of the guide. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { configurationText, describeEditor, reasonToSkip, runEditor, searchPath } from './support.mjs';

const home = '.config/nvim/init.lua';
const levels = new Map([
  ['ERROR', 'error'],
  ['WARN', 'warning'],
  ['INFO', 'information'],
]);
const level = (/** @type {string} */ severity) => levels.get(severity) ?? severity;
const editor = {
  program: 'nvim',
  configuration: 'nvim.lua',
  home,
  args: ['--headless', '-i', 'NONE', '-S', path.join(import.meta.dirname, 'neovim.lua')],
};

describeEditor('Neovim with nvim.lua', editor, { level }, ({ of }) => {
  it('works beside yaml-language-server on the same file', () => {
    assert.deepEqual(of('beside')['clients'], ['coding-spec', 'yaml-language-server']);
  });

  it('leaves other YAML files alone', () => {
    assert.deepEqual(of('others'), { clients: [], filetype: 'yaml' });
  });
});

describe('the settings in nvim.lua', { skip: reasonToSkip('nvim') }, () => {
  it('reach the server', async () => {
    const { report, printed } = await runEditor(
      { ...editor, env: { CODING_SPEC_STEP: 'diagnostics' } },
      (text) => text.replace("show = 'diagnostics'", "show = 'off'"),
    );
    const shown = report.diagnostics?.answer?.shown ?? assert.fail(printed);
    assert.deepEqual(
      shown.map(({ severity }) => severity),
      ['ERROR'],
    );
  });
});

describe('nvim-0.11.lua', { skip: reasonToSkip('nvim') }, () => {
  // The oldest Neovim that is supported runs it, with what 0.11 has in place of the real thing.
  /** @type {ReturnType<typeof run>} */
  let seen;
  before(() => {
    seen = run(configurationText('nvim-0.11.lua'));
  });

  it('attaches to our files only', () => {
    assert.deepEqual(seen.started, [
      'a.encounter.yaml',
      'cpt-96365.spec.yml',
      'x.family.yaml',
      'x.policy.yaml',
      'x.table.yaml',
      'x.codes.csv',
    ]);
  });

  it('starts the command that nvim.lua starts, with the same settings', () => {
    assert.deepEqual(seen.config, {
      cmd: ['coding-spec', 'lsp'],
      filetypes: ['yaml', 'csv'],
      settings: { codingSpec: { lines: { show: 'diagnostics' } } },
    });
    assert.deepEqual(seen.enabled, ['coding-spec']);
  });

  /**
   * @param {string} configuration
   * @returns {{started: string[], enabled: string[], config: unknown}}
   */
  function run(configuration) {
    const script = `
      local names = { 'a.encounter.yaml', 'cpt-96365.spec.yml', 'x.family.yaml', 'x.policy.yaml', 'x.table.yaml',
        'x.codes.csv', 'plain.yaml', 'spec.yaml', 'codes.csv', 'a.encounter.yaml.bak' }
      local config, enabled, started = nil, {}, {}
      vim.lsp.config = function(_, given) config = given end
      vim.lsp.enable = function(name) table.insert(enabled, name) end
      vim.fs = { root = function() return '/repository' end, dirname = function(name) return name end }
      ;(function() ${configuration}
      end)()
      local get_name = vim.api.nvim_buf_get_name
      for _, name in ipairs(names) do
        vim.api.nvim_buf_get_name = function() return '/repository/' .. name end
        config.root_dir(1, function(root)
          assert(root == '/repository')
          table.insert(started, name)
        end)
      end
      vim.api.nvim_buf_get_name = get_name
      config.root_dir = nil
      io.stdout:write(vim.fn.json_encode({ started = started, enabled = enabled, config = config }))`;
    const { stdout, stderr, error } = spawnSync(
      editor.program,
      [
        '--headless',
        '-u',
        'NONE',
        '-i',
        'NONE',
        '-c',
        'lua loadstring(vim.env.CODING_SPEC_SCRIPT)()',
        '-c',
        'qall!',
      ],
      {
        env: { ...process.env, PATH: searchPath, CODING_SPEC_SCRIPT: script },
        encoding: 'utf8',
        timeout: 20_000,
      },
    );
    if (error) throw error;
    return stdout.startsWith('{') ? JSON.parse(stdout) : assert.fail(stdout + stderr);
  }
});
