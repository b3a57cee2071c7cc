-- Take the right to show a card, for a short time by the wall clock. Whoever asks again gets the same lease, as
-- where the answer was lost.
-- Answers {"leased", token, words of the card}; {"idle"} when nothing is left to show and no old message to close;
-- {"busy"} when another worker shows it now: the notice then comes again when that lease would end.
local CARD, NOTICES, POSTPONED, FAILURES, SEQUENCE = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local group, id, entry, wall, ends, by = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]
local wrong = foreign({ { NOTICES, 'stream' }, { POSTPONED, 'zset' }, { FAILURES, 'hash' }, { SEQUENCE, 'string' } })
if wrong then return wrong end

local function settle()
  redis.call('XACK', NOTICES, group, id)
  redis.call('XDEL', NOTICES, id)
end

local card = redis.call('HMGET', CARD, 'wanted', 'shown', 'token', 'until', 'old', 'holder')
if tonumber(card[1] or 0) <= tonumber(card[2] or 0) and not card[5] then
  settle()
  redis.call('HDEL', FAILURES, entry)
  return { 'idle' }
end
if card[3] and tonumber(card[4]) > wall and card[6] == by .. ' ' .. card[3] then
  redis.call('HSET', CARD, 'until', ends)
  return { 'leased', card[3], redis.call('HGETALL', CARD) }
end
if card[3] and tonumber(card[4]) > wall then
  redis.call('ZADD', POSTPONED, card[4], entry)
  settle()
  return { 'busy' }
end
local token = redis.call('INCR', SEQUENCE)
redis.call('HSET', CARD, 'token', token, 'until', ends, 'holder', by .. ' ' .. token)
return { 'leased', token, redis.call('HGETALL', CARD) }
