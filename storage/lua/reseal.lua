-- Put a value in the place of the one that was read, if that still stands there. Answers 1, or 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
