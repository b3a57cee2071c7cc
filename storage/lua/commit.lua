-- One commit. Checks everything first, and only then writes; nothing after the first write can fail.
-- Every key is in KEYS; ARGV names a key by its number there.
-- Answers "done", "conflict", "repeated", "superseded" or "left".
local SEQUENCE, AGENDA, LIVES, DUE, NOTICES, CHANGES = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local STAY, INSTALLATION, POSTPONED, FAILURES = KEYS[7], KEYS[8], KEYS[9], KEYS[10]

local cursor = 0
local function word()
  cursor = cursor + 1
  return ARGV[cursor]
end
local function key(number) return KEYS[tonumber(number)] end
local function records(width)
  local list = {}
  for i = 1, tonumber(word()) do
    local record = {}
    for j = 1, width do record[j] = word() end
    list[i] = record
  end
  return list
end

local group, kept_changes, once_seconds = word(), word(), word()
local once = records(1)    -- key
local due = records(3)     -- agenda entry, generation, stream entry
local reads = records(2)   -- key, version (0: absent)
local puts = records(2)    -- key, JSON
local drops = records(1)   -- key
local lists = records(3)   -- key, score ("": take out), id
local gists = records(3)   -- key, id, what stands beside it ("": take out)
local laters = records(2)  -- agenda entry, due time ("": never)
local shows = records(6)   -- key of the card, receiver, thing, workspace; its owner ("": none needed), the owner's set
local changed = records(1) -- name of a watched document
local owners = records(2)  -- set of what belongs to a dropped document, how many there are
local owned = records(2)   -- key in such a set, delivery's name of a card ("": a message)

-- Checks.
local expected = { { SEQUENCE, 'string' }, { AGENDA, 'zset' }, { LIVES, 'hash' }, { DUE, 'stream' },
  { NOTICES, 'stream' }, { CHANGES, 'stream' } }
for _, it in ipairs(reads) do expected[#expected + 1] = { key(it[1]), 'string' } end
for _, it in ipairs(lists) do expected[#expected + 1] = { key(it[1]), 'zset' } end
for _, it in ipairs(gists) do expected[#expected + 1] = { key(it[1]), 'hash' } end
for _, it in ipairs(shows) do
  expected[#expected + 1] = { key(it[1]), 'hash' }
  expected[#expected + 1] = { key(it[6]), 'set' }
end
for _, it in ipairs(owners) do expected[#expected + 1] = { key(it[1]), 'set' } end
expected[#expected + 1] = { POSTPONED, 'zset' }
expected[#expected + 1] = { FAILURES, 'hash' }
local wrong = foreign(expected)
if wrong then return wrong end
for _, it in ipairs(due) do
  local life = redis.call('HGET', LIVES, it[1])
  if not life or string.match(life, '^%d+') ~= it[2] then
    redis.call('XACK', DUE, group, it[3])
    redis.call('XDEL', DUE, it[3])
    return 'superseded'
  end
end
if left(STAY, INSTALLATION) then return 'left' end
for _, it in ipairs(once) do
  if redis.call('EXISTS', key(it[1])) == 1 then return 'repeated' end
end
for _, it in ipairs(reads) do
  local value = redis.call('GET', key(it[1]))
  if (value and string.match(value, '^%d+') or '0') ~= it[2] then return 'conflict' end
end
-- A card that came, or was shown, meanwhile goes too: it has to be named here first. None leaves its document before.
for _, it in ipairs(owners) do
  if redis.call('SCARD', key(it[1])) ~= tonumber(it[2]) then return 'conflict' end
end

-- Writes.
local version = redis.call('INCR', SEQUENCE)
for _, it in ipairs(puts) do redis.call('SET', key(it[1]), version .. ' ' .. it[2]) end
for _, it in ipairs(drops) do redis.call('DEL', key(it[1])) end
for _, it in ipairs(owned) do
  redis.call('DEL', key(it[1]))
  if it[2] ~= '' then
    redis.call('ZREM', POSTPONED, it[2])
    redis.call('HDEL', FAILURES, it[2])
  end
end
for _, it in ipairs(owners) do redis.call('DEL', key(it[1])) end
for _, it in ipairs(lists) do
  if it[2] == '' then redis.call('ZREM', key(it[1]), it[3]) else redis.call('ZADD', key(it[1]), it[2], it[3]) end
end
for _, it in ipairs(gists) do
  if it[3] == '' then redis.call('HDEL', key(it[1]), it[2]) else redis.call('HSET', key(it[1]), it[2], it[3]) end
end
for _, it in ipairs(due) do
  redis.call('XACK', DUE, group, it[3])
  redis.call('XDEL', DUE, it[3])
  redis.call('HDEL', LIVES, it[1])
end
for _, it in ipairs(laters) do
  if it[2] == '' then
    redis.call('ZREM', AGENDA, it[1])
    redis.call('HDEL', LIVES, it[1])
  else
    redis.call('ZADD', AGENDA, it[2], it[1])
    redis.call('HSET', LIVES, it[1], version .. ' 1')
  end
end
for _, it in ipairs(shows) do
  -- What is dropped has nothing to show, and no card comes back after it.
  if it[5] == '' or redis.call('EXISTS', key(it[5])) == 1 then
    redis.call('HINCRBY', key(it[1]), 'wanted', 1)
    redis.call('HSET', key(it[1]), 'to', it[2], 'thing', it[3])
    redis.call('SADD', key(it[6]), 'card:' .. it[2] .. ' ' .. it[3])
    redis.call('XADD', NOTICES, '*', 'entry', it[4] .. ' ' .. it[2] .. ' ' .. it[3], 'attempt', 1)
  end
end
for _, it in ipairs(changed) do redis.call('XADD', CHANGES, 'MAXLEN', '~', kept_changes, '*', 'name', it[1]) end
for _, it in ipairs(once) do redis.call('SET', key(it[1]), version, 'EX', once_seconds) end
return 'done'
