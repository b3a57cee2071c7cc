-- Say what a card shows now, and which old message is still to be closed. Answers {"lost"}, or {"doubled"} where
-- it then may stand there twice; {"done"}; or {"again", words of the card} with the lease renewed when more was
-- wanted meanwhile, or an old message is left.
-- Nothing comes back of a card that was forgotten meanwhile, or in a workspace that is erased meanwhile.
local CARD, NOTICES, FAILURES, TALLY, STAY, INSTALLATION, MESSAGE, BELONGINGS, DM =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local group, id, entry, token, revision, ends = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local expected = { { NOTICES, 'stream' }, { FAILURES, 'hash' }, { TALLY, 'hash' } }
if MESSAGE then expected[4] = { BELONGINGS, 'set' } end
local wrong = foreign(expected)
if wrong then return wrong end

local function settle()
  redis.call('XACK', NOTICES, group, id)
  redis.call('XDEL', NOTICES, id)
end

if redis.call('EXISTS', CARD) == 0 then
  settle()
  return { 'done' }
end
if redis.call('HGET', CARD, 'token') ~= token then
  local card = redis.call('HMGET', CARD, 'shown', 'channel', 'ts', 'digest')
  if MESSAGE and card[1] and tonumber(card[1]) >= tonumber(revision) and card[2] == ARGV[7] and card[3] == ARGV[8]
      and card[4] == ARGV[10] then
    return { 'done' } -- said before, and the answer was lost
  end
  if not MESSAGE then return { 'lost' } end
  -- What the slow worker has just sent to Slack may be older than what is shown: draw it once more.
  redis.call('HINCRBY', CARD, 'wanted', 1)
  redis.call('XADD', NOTICES, '*', 'entry', entry, 'attempt', 1)
  if ARGV[8] == '' or card[3] == ARGV[8] then return { 'lost' } end
  -- A message of its own beside the one that is known: it was posted while another worker did so, too.
  redis.call('HINCRBY', TALLY, 'maybe_doubled', 1)
  return { 'doubled' }
end
redis.call('HSET', CARD, 'shown', revision)
redis.call('HDEL', FAILURES, entry)
if MESSAGE then
  redis.call('HSET', CARD, 'channel', ARGV[7], 'ts', ARGV[8], 'state', ARGV[9], 'digest', ARGV[10])
  redis.call('HDEL', CARD, 'posting')
  if not left(STAY, INSTALLATION) then
    redis.call('SET', MESSAGE, ARGV[11])
    redis.call('SADD', BELONGINGS, ARGV[14])
    if DM then redis.call('SET', DM, ARGV[7], 'EX', ARGV[13]) end
  end
end
local has_old = MESSAGE and ARGV[12] ~= ''
if has_old then redis.call('HSET', CARD, 'old', ARGV[12]) else redis.call('HDEL', CARD, 'old') end
if has_old or tonumber(redis.call('HGET', CARD, 'wanted')) > tonumber(revision) then
  redis.call('HSET', CARD, 'until', ends)
  return { 'again', redis.call('HGETALL', CARD) }
end
redis.call('HDEL', CARD, 'token', 'until', 'holder')
settle()
return { 'done' }
