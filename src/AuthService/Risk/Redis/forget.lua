-- Forgets what is kept under KEYS[1].
return redis.call('DEL', KEYS[1])
