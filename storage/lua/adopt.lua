-- Note to which documents cards and messages belong that an earlier release has written; what is gone stays so.
-- After the first two, KEYS are pairs: what it is, and the set of its document. ARGV names each in its workspace.
local STAY, INSTALLATION = KEYS[1], KEYS[2]
if left(STAY, INSTALLATION) then return 0 end
for i = 1, #ARGV do
  local wrong = foreign({ { KEYS[2 * i + 2], 'set' } })
  if wrong then return wrong end
end
for i = 1, #ARGV do
  if redis.call('EXISTS', KEYS[2 * i + 1]) == 1 then redis.call('SADD', KEYS[2 * i + 2], ARGV[i]) end
end
return #ARGV
