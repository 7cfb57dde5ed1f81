-- Notes that something was used. KEYS[1]: what; ARGV[1]: how long to remember it, in milliseconds.
-- Answers 1 the first time, 0 after that.
if redis.call('SET', KEYS[1], '', 'NX', 'PX', ARGV[1]) then
  return 1
end
return 0
