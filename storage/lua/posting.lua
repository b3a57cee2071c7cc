-- Write down what is about to be posted for a card, until the answer is known; without words, that it does not
-- stand there. It is counted where it repeats a message whose answer was lost. The lease is renewed.
-- Answers 1, or 0 when the lease was lost.
local CARD, TALLY = KEYS[1], KEYS[2]
local token, ends, words, repeats = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local wrong = foreign({ { TALLY, 'hash' } })
if wrong then return wrong end

if redis.call('HGET', CARD, 'token') ~= token then return 0 end
redis.call('HSET', CARD, 'until', ends)
if words == '' then
  redis.call('HDEL', CARD, 'posting')
  return 1
end
redis.call('HSET', CARD, 'posting', words)
if repeats == '1' then redis.call('HINCRBY', TALLY, 'maybe_doubled', 1) end
return 1
