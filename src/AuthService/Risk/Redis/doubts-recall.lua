-- What is still doubted of an account on a network. KEYS[1]: see doubts-note.lua. ARGV[1]: the network.
-- Answers source, thousandths of a bit, source, …
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then
  return {}
end

local answer = {}
local prefix = ARGV[1] .. ':'
local fields = redis.call('HGETALL', KEYS[1])
for index = 1, #fields, 2 do
  local millibits, ends = fields[index + 1]:match('^(%d+):(%d+)$')
  if ends and tonumber(ends) > now and fields[index]:sub(1, #prefix) == prefix then
    answer[#answer + 1] = fields[index]:sub(#prefix + 1)
    answer[#answer + 1] = millibits
  end
end
return answer
