-- What a user of Neovim does, done by a script. Its answers go to the file CODING_SPEC_ANSWERS, as JSON.
local answers = {}
local PATIENCE = 10000

local function write_answers()
  vim.fn.writefile({ vim.fn.json_encode(answers) }, vim.env.CODING_SPEC_ANSWERS)
end

local function wait(what, holds)
  assert(vim.wait(PATIENCE, holds, 10), 'waited in vain for ' .. what)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function open(file)
  vim.cmd('edit! ' .. vim.fn.fnameescape(file))
end

-- Puts the cursor on the first letter of some words.
local function go_to(words)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search('\\V' .. words, 'cW') > 0, words .. ' is not in the file')
end

local function clients()
  local names = {}
  for _, client in pairs(vim.lsp.buf_get_clients(0)) do table.insert(names, client.name) end
  table.sort(names)
  return names
end

local function shown()
  return vim.tbl_map(function(item)
    local line = vim.api.nvim_buf_get_lines(0, item.lnum, item.lnum + 1, true)[1]
    return {
      message = item.message,
      severity = vim.diagnostic.severity[item.severity],
      code = item.code,
      at = item.lnum == item.end_lnum and line:sub(item.col + 1, item.end_col) or line:sub(item.col + 1),
    }
  end, vim.diagnostic.get(0))
end

local steps = {}

function steps.diagnostics()
  open('first.encounter.yaml')
  wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  return { shown = shown(), clients = clients() }
end

function steps.edited()
  vim.cmd('%s/11:35/11:28/')
  wait('the lines of the edit', function()
    for _, item in ipairs(shown()) do
      if item.message:find('28 minutes') then return true end
    end
  end)
  local after = shown()
  vim.cmd('undo')
  return after
end

function steps.hover()
  go_to('substance')
  vim.lsp.buf.hover()
  local window
  wait('the hover', function()
    for _, each in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(each).relative ~= '' then window = each end
    end
    return window
  end)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  vim.api.nvim_win_close(window, true)
  return table.concat(lines, '\n')
end

function steps.definition()
  open('first.encounter.yaml')
  go_to('96365')
  vim.lsp.buf.definition()
  wait('the specification', function() return vim.fn.expand('%:t') ~= 'first.encounter.yaml' end)
  return { file = vim.fn.expand('%:t'), line = vim.api.nvim_get_current_line(), clients = clients() }
end

function steps.rename()
  open('rename.encounter.yaml')
  go_to('bag-one')
  vim.lsp.buf.rename('morning-bag')
  wait('the new name', function() return text():find('concurrent_with: morning%-bag') end)
  return text()
end

function steps.formatting()
  open('untidy.encounter.yaml')
  wait('its diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  if vim.lsp.buf.format then
    vim.lsp.buf.format({ timeout_ms = PATIENCE })
  else
    vim.lsp.buf.formatting_sync(nil, PATIENCE)
  end
  return text()
end

-- Chooses the action with a title, as a user does in the list that is shown.
local function act(title, changed)
  local offered
  vim.ui.select = function(items, options, choose)
    offered = vim.tbl_map(options.format_item, items)
    for index, label in ipairs(offered) do
      if label:find(title, 1, true) then return choose(items[index], index) end
    end
    choose(nil, nil)
  end
  vim.lsp.buf.code_action()
  wait('the action ' .. title, function() return offered end)
  wait('what the action ' .. title .. ' does', changed)
  return { offered = offered, text = text() }
end

function steps.quick_fix()
  open('unquoted.encounter.yaml')
  wait('its diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  go_to('0059')
  return act('in quotes', function() return text():find('"0059"', 1, true) end)
end

function steps.refactoring()
  open('first.encounter.yaml')
  wait('its diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  go_to('96367')
  return act('Accept', function() return not text():find('96367', 1, true) end)
end

function steps.command()
  local answer = vim.lsp.buf_request_sync(0, 'workspace/executeCommand', { command = 'codingSpec.codes.releases' }, PATIENCE)
  local _, reply = next(answer)
  return { error = reply.error, folders = #reply.result.folders }
end

-- The usual server for YAML on the same buffer: both say what they find, each under its own name.
function steps.beside()
  open('broken.encounter.yaml')
  local config = {
    name = 'yaml-language-server',
    cmd = { vim.env.CODING_SPEC_NODE, vim.env.CODING_SPEC_YAML_SERVER, '--stdio' },
    root_dir = vim.fn.getcwd(),
    settings = { yaml = { schemaStore = { enable = false, url = '' } } },
  }
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
  local sources
  wait('diagnostics of both servers', function()
    sources = {}
    for _, item in ipairs(vim.diagnostic.get(0)) do sources[item.source or ''] = true end
    return sources['coding-spec'] and sources['YAML']
  end)
  return { clients = clients() }
end

function steps.others()
  open('plain.yaml')
  vim.wait(500)
  return { clients = clients(), filetype = vim.bo.filetype }
end

local order = {
  'diagnostics', 'edited', 'hover', 'definition', 'rename', 'formatting', 'quick_fix', 'refactoring', 'command', 'beside',
  'others',
}
local only = vim.env.CODING_SPEC_STEP

local function run()
  for _, name in ipairs(only and { only } or order) do
    local fine, answer = xpcall(steps[name], debug.traceback)
    answers[name] = fine and { answer = answer } or { failed = tostring(answer) }
  end
end

-- Completion needs somebody who types: Neovim waits in insert mode, and a timer looks at the list, takes an entry and ends.
local function complete()
  open('complete.encounter.yaml')
  wait('its diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  go_to('9636')
  local keys = function(typed, mode)
    vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(typed, true, false, true), mode, false)
  end
  local offered, patience
  local timer = vim.loop.new_timer()
  timer:start(50, 50, vim.schedule_wrap(function()
    patience = (patience or PATIENCE) - 50
    if not offered and vim.fn.pumvisible() == 1 then
      offered = vim.fn.complete_info({ 'items' }).items
      keys('<C-n><C-y><Esc>', 't')
    elseif patience < 0 then
      keys('<C-e><Esc>', 't')
    end
  end))
  keys('3la<C-x><C-o>', 'x!')
  timer:stop()
  answers.completion = offered and {
    answer = {
      offered = vim.tbl_map(function(item) return item.abbr .. ' ' .. item.menu end, offered),
      line = vim.api.nvim_get_current_line(),
    },
  } or { failed = 'no list was shown' }
end

local fine, problem = xpcall(function()
  run()
  if not only then complete() end
end, debug.traceback)
if not fine then answers.script = { failed = tostring(problem) } end
-- Whatever happens, Neovim ends: nobody is there to end it.
pcall(write_answers)
vim.cmd('qall!')
