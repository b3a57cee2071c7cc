-- Goes before every script: whether the app was removed from a workspace. What an earlier release installs
-- again says nothing in STAY.
local function left(stay, installation)
  return redis.call('GET', stay) == 'left' and redis.call('EXISTS', installation) == 0
end

