-- Give a lease back without having shown the card: its notice comes later, counted as a failure or not
-- ("later", "held"), or goes to the dead letters ("dead").
-- Answers 0 when the lease was lost: the notice then belongs to whoever holds it now, and to nobody when the
-- card is gone with its workspace.
local CARD, NOTICES, POSTPONED, FAILURES, DEAD = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local group, id, entry, token, fate, at = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local attempt, error, kept = ARGV[7], ARGV[8], ARGV[9]
local wrong = foreign({ { NOTICES, 'stream' }, { POSTPONED, 'zset' }, { FAILURES, 'hash' }, { DEAD, 'stream' } })
if wrong then return wrong end

local function settle()
  redis.call('XACK', NOTICES, group, id)
  redis.call('XDEL', NOTICES, id)
end

if redis.call('EXISTS', CARD) == 0 then
  settle()
  return 0
end
if redis.call('HGET', CARD, 'token') ~= token then return 0 end
redis.call('HDEL', CARD, 'token', 'until', 'holder')
settle()
if fate ~= 'dead' then
  redis.call('ZADD', POSTPONED, at, entry)
  if fate == 'later' then redis.call('HINCRBY', FAILURES, entry, 1) end
else
  redis.call('HDEL', FAILURES, entry)
  redis.call('XADD', DEAD, 'MAXLEN', '~', kept, '*', 'source', 'notice', 'entry', entry, 'attempts', attempt,
    'error', error)
end
return 1
