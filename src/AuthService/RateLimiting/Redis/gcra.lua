-- The generic cell rate algorithm (ITU-T I.371), by Redis' own clock: replicas need not agree on the time.
-- KEYS[1]: the theoretical arrival time of the next call, in microseconds since 1970.
-- ARGV[1]: what one call uses up, ARGV[2]: how far ahead of the clock it may run; microseconds.
-- Answers how many microseconds to wait; 0 if the call may go on. A refused call takes nothing.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local tolerance = tonumber(ARGV[2])
-- What this script did not write counts as nothing, and is written over: a list, a word, a time that no call can have led to.
local held = redis.pcall('GET', KEYS[1])
local arrival = type(held) == 'string' and tonumber(held) or now
if not (arrival > now and arrival <= now + tolerance + interval) then
  arrival = now
end
local ahead = arrival - now
if ahead > tolerance then
  return ahead - tolerance
end
arrival = arrival + interval
-- Past its time a key owes nothing: it need not be kept.
redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000) + 1)
return 0
