-- Move the notices whose time has come again back into the stream, at most a batch. Answers how many.
local POSTPONED, NOTICES, FAILURES = KEYS[1], KEYS[2], KEYS[3]
local wall, batch = ARGV[1], ARGV[2]
local wrong = foreign({ { NOTICES, 'stream' }, { FAILURES, 'hash' } })
if wrong then return wrong end

local entries = redis.call('ZRANGEBYSCORE', POSTPONED, '-inf', wall, 'LIMIT', 0, batch)
for _, entry in ipairs(entries) do
  local failed = redis.call('HGET', FAILURES, entry) or 0
  redis.call('ZREM', POSTPONED, entry)
  redis.call('XADD', NOTICES, '*', 'entry', entry, 'attempt', failed + 1)
end
return #entries
