-- Take consumers out of a stream's group that hold nothing and have asked for nothing for so many milliseconds.
-- Whoever still lives is made anew when it asks again. Answers how many went.
local STREAM = KEYS[1]
local group, idle = ARGV[1], tonumber(ARGV[2])
local gone = 0
if redis.call('EXISTS', STREAM) == 0 then return gone end
local groups = redis.call('XINFO', 'GROUPS', STREAM)
if #groups == 0 then return gone end
for _, flat in ipairs(redis.call('XINFO', 'CONSUMERS', STREAM, group)) do
  local fact = {}
  for i = 1, #flat, 2 do fact[flat[i]] = flat[i + 1] end
  if fact['pending'] == 0 and fact['idle'] >= idle then
    redis.call('XGROUP', 'DELCONSUMER', STREAM, group, fact['name'])
    gone = gone + 1
  end
end
return gone
