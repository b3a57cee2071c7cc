-- What stands beside the newest ids of lists. Answers one text a list, since many small answers cost whoever
-- reads them more than they cost Redis: lines of id, space, gist; no gist where none was written yet.
-- KEYS: a list and its gists, again and again. ARGV: the highest score, how many of each list at most.
local expected = {}
for i = 1, #KEYS, 2 do
  expected[i] = { KEYS[i], 'zset' }
  expected[i + 1] = { KEYS[i + 1], 'hash' }
end
local wrong = foreign(expected)
if wrong then return wrong end

local answer = {}
for i = 1, #KEYS, 2 do
  local ids = redis.call('ZRANGEBYSCORE', KEYS[i], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
  local gists = #ids > 0 and redis.call('HMGET', KEYS[i + 1], unpack(ids)) or {}
  for at, id in ipairs(ids) do ids[at] = id .. ' ' .. (gists[at] or '') end
  answer[#answer + 1] = table.concat(ids, '\n')
end
return answer
