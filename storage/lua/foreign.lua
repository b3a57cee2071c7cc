-- Goes before every script: returns an error when a key holds something else than what belongs there.
local function foreign(expected)
  for _, it in ipairs(expected) do
    local found = redis.call('TYPE', it[1]).ok
    if found ~= 'none' and found ~= it[2] then return redis.error_reply('FOREIGN ' .. it[1]) end
  end
end

