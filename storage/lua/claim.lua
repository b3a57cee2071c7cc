-- Take over entries that lie unacknowledged with some consumer for too long.
-- Answers the cursor to go on from, and {id, words, how often it was handed out} of each.
local group, consumer, idle, start, count = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local answer = redis.call('XAUTOCLAIM', KEYS[1], group, consumer, idle, start, 'COUNT', count)
local found = {}
for _, entry in ipairs(answer[2]) do
  if entry then
    local pending = redis.call('XPENDING', KEYS[1], group, entry[1], entry[1], 1)
    found[#found + 1] = { entry[1], entry[2], pending[1][4] }
  end
end
return { answer[1], found }
