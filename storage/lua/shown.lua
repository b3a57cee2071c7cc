-- Say what a card shows now, and which old message is still to be closed. Answers {"lost"}, or {"doubled"} where
-- it then may stand there twice; {"done"}; or {"again", words of the card} with the lease renewed when more was
-- wanted meanwhile, or an old message is left.
-- With {"done"} another thing is shown anew to the same receiver, if they have a card of it; then {"done", 1}.
-- Nothing comes back of a card that was forgotten meanwhile, or in a workspace that is erased meanwhile.
local CARD, NOTICES, FAILURES, TALLY, STAY, INSTALLATION, OTHER, MESSAGE, BELONGINGS, DM =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]
local group, id, entry, token, revision, ends = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local other = ARGV[7] -- the other thing's entry ("": none)
local channel, ts, state, digest = ARGV[8], ARGV[9], ARGV[10], ARGV[11]
local target, old, dm_seconds, message = ARGV[12], ARGV[13], ARGV[14], ARGV[15]
local expected = { { NOTICES, 'stream' }, { FAILURES, 'hash' }, { TALLY, 'hash' }, { OTHER, 'hash' } }
if MESSAGE then expected[5] = { BELONGINGS, 'set' } end
local wrong = foreign(expected)
if wrong then return wrong end

local function settled()
  redis.call('XACK', NOTICES, group, id)
  redis.call('XDEL', NOTICES, id)
  if other == '' or redis.call('EXISTS', OTHER) == 0 or left(STAY, INSTALLATION) then return { 'done' } end
  redis.call('HINCRBY', OTHER, 'wanted', 1)
  redis.call('XADD', NOTICES, '*', 'entry', other, 'attempt', 1)
  return { 'done', 1 }
end

if redis.call('EXISTS', CARD) == 0 then return settled() end
if redis.call('HGET', CARD, 'token') ~= token then
  local card = redis.call('HMGET', CARD, 'shown', 'channel', 'ts', 'digest')
  if MESSAGE and card[1] and tonumber(card[1]) >= tonumber(revision) and card[2] == channel and card[3] == ts
      and card[4] == digest then
    return { 'done' } -- said before, and the answer was lost
  end
  if not MESSAGE then return { 'lost' } end
  -- What the slow worker has just sent to Slack may be older than what is shown: draw it once more.
  redis.call('HINCRBY', CARD, 'wanted', 1)
  redis.call('XADD', NOTICES, '*', 'entry', entry, 'attempt', 1)
  if ts == '' or card[3] == ts then return { 'lost' } end
  -- A message of its own beside the one that is known: it was posted while another worker did so, too.
  redis.call('HINCRBY', TALLY, 'maybe_doubled', 1)
  return { 'doubled' }
end
redis.call('HSET', CARD, 'shown', revision)
redis.call('HDEL', FAILURES, entry)
if MESSAGE then
  redis.call('HSET', CARD, 'channel', channel, 'ts', ts, 'state', state, 'digest', digest)
  redis.call('HDEL', CARD, 'posting')
  if not left(STAY, INSTALLATION) then
    redis.call('SET', MESSAGE, target)
    redis.call('SADD', BELONGINGS, message)
    if DM then redis.call('SET', DM, channel, 'EX', dm_seconds) end
  end
end
local has_old = MESSAGE and old ~= ''
if has_old then redis.call('HSET', CARD, 'old', old) else redis.call('HDEL', CARD, 'old') end
if has_old or tonumber(redis.call('HGET', CARD, 'wanted')) > tonumber(revision) then
  redis.call('HSET', CARD, 'until', ends)
  return { 'again', redis.call('HGETALL', CARD) }
end
redis.call('HDEL', CARD, 'token', 'until', 'holder')
return settled()
