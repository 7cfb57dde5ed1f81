-- Notes doubts of an account on a network: DoubtTable of the engine, by Redis' own clock.
-- KEYS[1]: a hash of the account: <network>:<source> → <thousandths of a bit>:<until, milliseconds since 1970>.
-- ARGV[1]: how long to keep them, in milliseconds. ARGV[2]: the network. Then source, thousandths of a bit, source, …
-- At most so many; those that end first give way.
local most = 1024

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then
  redis.call('DEL', KEYS[1])
end

local known, gone = {}, {}
local fields = redis.call('HGETALL', KEYS[1])
for index = 1, #fields, 2 do
  local millibits, ends = fields[index + 1]:match('^(%d+):(%d+)$')
  if ends and tonumber(ends) > now then
    known[fields[index]] = { millibits = tonumber(millibits), ends = tonumber(ends) }
  else
    gone[fields[index]] = true
  end
end

-- The strongest of what the same thing showed stays, and counts anew from now.
local ends = now + tonumber(ARGV[1])
for index = 3, #ARGV, 2 do
  local name, millibits = ARGV[2] .. ':' .. ARGV[index], tonumber(ARGV[index + 1])
  if known[name] then
    millibits = math.max(millibits, known[name].millibits)
  end
  known[name] = { millibits = millibits, ends = ends }
  gone[name] = nil
  redis.call('HSET', KEYS[1], name, string.format('%.0f:%.0f', millibits, ends))
end

local names = {}
for name in pairs(known) do
  names[#names + 1] = name
end
if #names > most then
  table.sort(names, function(one, other)
    local first, second = known[one].ends, known[other].ends
    return first < second or (first == second and one < other)
  end)
  for index = 1, #names - most do
    gone[names[index]] = true
  end
end

for name in pairs(gone) do
  redis.call('HDEL', KEYS[1], name)
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
