-- Take a due entry out of the stream: for good, until later, or into the dead letters.
-- *attempt* is the next one of what comes later, and of a dead letter how many there were.
-- Answers 1, or 0 when the entry was replaced or handled meanwhile.
local SEQUENCE, AGENDA, LIVES, DUE, DEAD = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local group, entry, generation, id, fate, at = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local attempt, error, kept = ARGV[7], ARGV[8], ARGV[9]
local wrong = foreign({ { SEQUENCE, 'string' }, { AGENDA, 'zset' }, { DUE, 'stream' }, { DEAD, 'stream' } })
if wrong then return wrong end

local life = redis.call('HGET', LIVES, entry)
redis.call('XACK', DUE, group, id)
redis.call('XDEL', DUE, id)
if not life or string.match(life, '^%d+') ~= generation then return 0 end
if fate == 'later' then
  redis.call('ZADD', AGENDA, at, entry)
  redis.call('HSET', LIVES, entry, redis.call('INCR', SEQUENCE) .. ' ' .. attempt)
  return 1
end
redis.call('HDEL', LIVES, entry)
if fate == 'dead' then
  redis.call('XADD', DEAD, 'MAXLEN', '~', kept, '*', 'source', 'agenda', 'entry', entry, 'attempts', attempt,
    'error', error)
end
return 1
