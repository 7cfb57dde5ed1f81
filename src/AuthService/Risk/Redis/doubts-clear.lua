-- It was the owner: forgets what was doubted of an account on a network. KEYS[1]: see doubts-note.lua. ARGV[1]: the network.
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then
  return 0
end

local prefix = ARGV[1] .. ':'
for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
  if name:sub(1, #prefix) == prefix then
    redis.call('HDEL', KEYS[1], name)
  end
end
return 1
