-- Coding Spec for Neovim 0.7 and later. Put this into init.lua, or into a file that init.lua requires.
local patterns = { '*.{family,spec,policy,table,encounter}.{yaml,yml}', '*.codes.csv' }

-- The rules of a repository belong together, so the server gets the whole of it.
local function root_of(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  local above = folder
  while not vim.loop.fs_stat(above .. '/.git') do
    local next = vim.fn.fnamemodify(above, ':h')
    if next == above then return folder end
    above = next
  end
  return above
end

local function config_for(file)
  return {
    name = 'coding-spec',
    cmd = { 'coding-spec', 'lsp' },
    root_dir = root_of(file),
    settings = { codingSpec = { lines = { show = 'diagnostics' } } },
  }
end

local clients = {} -- one for each root; only Neovim 0.7 needs the list

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  pattern = patterns,
  callback = function(event)
    local config = config_for(event.match)
    if vim.lsp.start then
      vim.lsp.start(config, { bufnr = event.buf })
      return
    end
    -- Neovim 0.7 finds no client that runs already, tells no settings, and does not set Ctrl-X Ctrl-O to complete.
    local id = clients[config.root_dir]
    if not id or not vim.lsp.get_client_by_id(id) then
      config.on_init = function(client)
        client.notify('workspace/didChangeConfiguration', { settings = config.settings })
      end
      id = vim.lsp.start_client(config)
      clients[config.root_dir] = id
    end
    if id and vim.lsp.buf_attach_client(event.buf, id) then
      vim.bo[event.buf].omnifunc = 'v:lua.vim.lsp.omnifunc'
    end
  end,
})
