-- Write one thing of each kind that is ever kept, and look for what a dead worker has left, all in one key that
-- ends by itself: so that a server, or a user of it, that does not know or may not do one of these says so.
local TRIAL, seconds = KEYS[1], ARGV[1]
-- First what a full server refuses: it refuses nothing more once a script has written.
redis.call('SET', TRIAL, 1)
redis.call('DEL', TRIAL)
redis.call('HSET', TRIAL, 'field', 1)
redis.call('DEL', TRIAL)
redis.call('ZADD', TRIAL, 1, 'member')
redis.call('DEL', TRIAL)
redis.call('SADD', TRIAL, 'member')
redis.call('DEL', TRIAL)
redis.call('XADD', TRIAL, '*', 'field', 1)
redis.call('XGROUP', 'CREATE', TRIAL, 'group', '0')
redis.call('XREADGROUP', 'GROUP', 'group', 'consumer', 'COUNT', 1, 'STREAMS', TRIAL, '>')
redis.call('XAUTOCLAIM', TRIAL, 'group', 'consumer', 0, '0')
redis.call('DEL', TRIAL)
redis.call('INCR', TRIAL)
redis.call('EXPIRE', TRIAL, seconds)
return redis.status_reply('OK')
