"""How often codes may be tried: counted in Redis, atomically, before anything is hashed.

Five tries per caller and ten minutes, sixty a minute in all: with 10,000 live codes a year at full rate finds one with
probability 3e-5. There is no lock on a code: it would let anybody lock a child out. The caller is the day's bucket.
"""

from typing import Final

from redis.exceptions import RedisError

from chatservice.queues.errors import LimitsAway, TooManyTries
from chatservice.store.redis import redis

CALLER_TRIES: Final = 5
CALLER_S: Final = 600
ALL_TRIES: Final = 60
ALL_S: Final = 60

# One round trip, one step: parallel tries cannot pass between reading and counting.
COUNT: Final = """
local caller = redis.call('INCR', KEYS[1])
if caller == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
local all = redis.call('INCR', KEYS[2])
if all == 1 then redis.call('EXPIRE', KEYS[2], ARGV[2]) end
if caller > tonumber(ARGV[3]) then return redis.call('TTL', KEYS[1]) end
if all > tonumber(ARGV[4]) then return redis.call('TTL', KEYS[2]) end
return 0
"""


async def count(*, caller: str) -> None:
    """Count one try; raises TooManyTries (with the seconds to wait) and LimitsAway."""
    keys = (f"tries:{caller}", "tries")
    try:
        script = redis().register_script(COUNT)
        wait = await script(keys=keys, args=(CALLER_S, ALL_S, CALLER_TRIES, ALL_TRIES))
    except (RedisError, OSError, TimeoutError):
        raise LimitsAway("tries cannot be counted now: talks go on, codes wait") from None
    if wait:
        raise TooManyTries(int(wait))
