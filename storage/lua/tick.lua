-- Move what is due from the agenda into the stream of due entries, at most a batch of it. Answers how many.
local AGENDA, LIVES, DUE = KEYS[1], KEYS[2], KEYS[3]
local now, batch = ARGV[1], ARGV[2]
local wrong = foreign({ { LIVES, 'hash' }, { DUE, 'stream' } })
if wrong then return wrong end

local entries = redis.call('ZRANGEBYSCORE', AGENDA, '-inf', now, 'LIMIT', 0, batch)
for _, entry in ipairs(entries) do
  local life = redis.call('HGET', LIVES, entry)
  redis.call('ZREM', AGENDA, entry)
  if life then redis.call('XADD', DUE, '*', 'entry', entry, 'life', life) end
end
return #entries
