-- How often something failed in the last hour, above what is usual there: SlidingCount and NetworkReputation of the engine, in the same
-- whole numbers, by Redis' own clock.
-- KEYS[1]: a hash: b0 to b11 failures in buckets of five minutes, at the newest bucket, norm what is usual in an hour (in sixteenths),
-- hour and this the hour under way and its failures, i<hash> when an identifier failed last (seconds). At most 48 fields.
-- ARGV[1]: 1 if it failed now, 0 to ask only. ARGV[2]: the identifier that failed, or nothing.
-- Answers { failures above the norm, identifiers that failed in the last ten minutes }.
local width, buckets, breadth_window, most_identifiers, longest_memory = 300, 12, 600, 32, 96

local now = tonumber(redis.call('TIME')[1])
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then
  redis.call('DEL', KEYS[1])
end

local state = { at = 0, norm = 0, hour = 0, this = 0 }
local counts, tried, breadth, over = {}, {}, 0, {}
local fields = redis.call('HGETALL', KEYS[1])
for index = 1, #fields, 2 do
  local name, value = fields[index], tonumber(fields[index + 1]) or 0
  if state[name] then
    state[name] = value
  elseif name:sub(1, 1) == 'b' then
    counts[tonumber(name:sub(2)) or 0] = value
  elseif now - value <= breadth_window and value <= now + breadth_window then
    tried[name] = value
    breadth = breadth + 1
  else
    over[#over + 1] = name
  end
end

-- What began since the last failure: empty buckets, and hours that the norm follows by a sixteenth of the difference each.
local bucket = math.floor(now / width)
local hour = math.floor(bucket / buckets)
if bucket > state.at then
  for begun = math.max(state.at + 1, bucket - buckets + 1), bucket do
    counts[begun % buckets] = 0
  end
  state.at = bucket
  for _ = state.hour + 1, math.min(hour, state.hour + longest_memory) do
    state.norm = state.norm + state.this - math.floor(state.norm / 16)
    state.this = 0
  end
  if hour > state.hour + longest_memory then
    state.norm = 0
  end
  if hour > state.hour then
    state.hour, state.this = hour, 0
  end
end

if ARGV[1] == '1' then
  local newest = state.at % buckets
  counts[newest] = (counts[newest] or 0) + 1
  state.this = state.this + 1

  local identifier = 'i' .. ARGV[2]
  if ARGV[2] ~= '' and (tried[identifier] or breadth < most_identifiers) then
    if not tried[identifier] then
      breadth = breadth + 1
    end
    redis.call('HSET', KEYS[1], identifier, now)
  end
  if #over > 0 then
    redis.call('HDEL', KEYS[1], unpack(over))
  end

  local written = {}
  for name, value in pairs(state) do
    written[#written + 1], written[#written + 2] = name, string.format('%.0f', value)
  end
  for index, count in pairs(counts) do
    written[#written + 1], written[#written + 2] = 'b' .. index, string.format('%.0f', count)
  end
  redis.call('HSET', KEYS[1], unpack(written))

  -- For the hour, and beyond it as long as the norm, which loses a sixteenth an hour, is not nothing. Else an attacker with many
  -- addresses would fill the memory for days with one failure each.
  local weight = (state.norm + state.this) / 16
  local hours = weight < 1 and 1 or 2 + math.min(longest_memory, math.ceil(math.log(weight) / math.log(16 / 15)))
  redis.call('EXPIRE', KEYS[1], hours * 3600 + width)
end

local last_hour = 0
for index = 0, buckets - 1 do
  last_hour = last_hour + (counts[index] or 0)
end
return { math.max(0, last_hour - math.floor(state.norm / 16)), breadth }
