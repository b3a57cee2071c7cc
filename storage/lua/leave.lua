-- The app has left a workspace: from now on nothing is written there.
-- Answers 0 when STAY is another since it was read: then whoever calls judges anew.
local STAY, INSTALLATION = KEYS[1], KEYS[2]
if (redis.call('GET', STAY) or '') ~= ARGV[1] then return 0 end
redis.call('SET', STAY, 'left')
redis.call('DEL', INSTALLATION)
return 1
