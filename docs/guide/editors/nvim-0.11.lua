-- Coding Spec for Neovim 0.11 and later. Put this into init.lua, or into a file that init.lua requires.
local kinds = { 'family', 'spec', 'policy', 'table', 'encounter' }

local function is_ours(file)
  if file:find('%.codes%.csv$') then return true end
  for _, kind in ipairs(kinds) do
    if file:find('%.' .. kind .. '%.ya?ml$') then return true end
  end
  return false
end

vim.lsp.config('coding-spec', {
  cmd = { 'coding-spec', 'lsp' },
  filetypes = { 'yaml', 'csv' },
  -- A server is started where `on_dir` is called: other YAML files are left alone. The rules of a repository belong
  -- together, so the server gets the whole of it.
  root_dir = function(buffer, on_dir)
    local file = vim.api.nvim_buf_get_name(buffer)
    if is_ours(file) then on_dir(vim.fs.root(buffer, '.git') or vim.fs.dirname(file)) end
  end,
  settings = { codingSpec = { lines = { show = 'diagnostics' } } },
})
vim.lsp.enable('coding-spec')
