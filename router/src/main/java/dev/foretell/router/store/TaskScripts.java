package dev.foretell.router.store;

import dev.foretell.router.store.connection.Script;
import org.redisson.api.RScript.ReturnType;

/**
 * The steps of tasks in Redis. KEYS: documents, queue, all ids, ids in the order of their ends, ids by Idempotency-Key, places in
 * the queue by id, counts of ends, checkpoints, then the ids in each state, as {@code TaskState} has them. A document is its
 * revision, a blank, and JSON. The queue is a stream with one group, whose pending entries are with {@code running}, or, where
 * their trainers were lost, with {@code lost}.
 */
final class TaskScripts {
    static final String GROUP = "trainers";
    static final String RUNNING = "running";
    static final String LOST = "lost";

    private static final String READY = "redis.pcall('XGROUP', 'CREATE', KEYS[2], 'trainers', '0', 'MKSTREAM')\n";

    /** How many are in each state, how many ended in each, then the oldest that is queued. */
    static final Script OPEN = new Script(ReturnType.LIST, READY + """
                    local out = {}
                    for i = 9, 13 do out[#out + 1] = tostring(redis.call('ZCARD', KEYS[i])) end
                    for i = 1, 5 do out[#out + 1] = redis.call('HGET', KEYS[7], tostring(i)) or '0' end
                    out[#out + 1] = redis.call('ZRANGE', KEYS[9], 0, 0)[1] or ''
                    return out
                    """);

    /** ARGV: id, document, Idempotency-Key, most that may be queued, channel. The id that there is; nothing where it is full. */
    static final Script CREATE = new Script(ReturnType.LIST, READY + """
                    if ARGV[3] ~= '' then
                      local there = redis.call('HGET', KEYS[5], ARGV[3])
                      if there and redis.call('HEXISTS', KEYS[1], there) == 1 then return {there} end
                    end
                    if redis.call('ZCARD', KEYS[9]) >= tonumber(ARGV[4]) then return {} end
                    redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
                    redis.call('ZADD', KEYS[3], 0, ARGV[1])
                    redis.call('ZADD', KEYS[9], 0, ARGV[1])
                    if ARGV[3] ~= '' then redis.call('HSET', KEYS[5], ARGV[3], ARGV[1]) end
                    redis.call('HSET', KEYS[6], ARGV[1], redis.call('XADD', KEYS[2], '*', 'task', ARGV[1]))
                    redis.call('PUBLISH', ARGV[5], ARGV[1])
                    return {ARGV[1]}
                    """);

    /**
     * KEYS also: 14, the log. ARGV: id, base revision, document, number of the state before and after (1 for queued), most that may
     * be queued, now, how long the log is kept once it ended, channel, checkpoint, most lines, whether its trainer gives it back, then lines. 1: done, 0: another step
     * came first, -1: the queue is full.
     */
    static final Script COMMIT = new Script(ReturnType.LONG, READY + """
                    local id, from, to = ARGV[1], tonumber(ARGV[4]), tonumber(ARGV[5])
                    local kept = redis.call('HGET', KEYS[1], id)
                    if not kept or string.match(kept, '^%d+') ~= ARGV[2] then return 0 end
                    local place = redis.call('HGET', KEYS[6], id)
                    if from == 2 and to == 1 then
                      local holder = place and redis.call('XPENDING', KEYS[2], 'trainers', place, place, 1)[1]
                      if ARGV[12] == 'true' then
                        if place then redis.call('XCLAIM', KEYS[2], 'trainers', 'lost', 0, place, 'JUSTID') end
                      elseif holder and holder[2] ~= 'lost' then
                        return 0
                      end
                    end
                    if from > 2 and to == 1 and redis.call('ZCARD', KEYS[9]) >= tonumber(ARGV[6]) then return -1 end
                    redis.call('HSET', KEYS[1], id, ARGV[3])
                    if from ~= to then
                      redis.call('ZREM', KEYS[8 + from], id)
                      redis.call('ZADD', KEYS[8 + to], 0, id)
                    end
                    if to == 1 and (from > 2 or not place) then
                      redis.call('HSET', KEYS[6], id, redis.call('XADD', KEYS[2], '*', 'task', id))
                      redis.call('ZREM', KEYS[4], id)
                      redis.call('PERSIST', KEYS[14])
                    elseif to == 2 and place then
                      redis.call('XCLAIM', KEYS[2], 'trainers', 'running', 0, place, 'JUSTID')
                    end
                    if ARGV[10] ~= '' then redis.call('HSET', KEYS[8], id, ARGV[10]) end
                    for i = 13, #ARGV do redis.call('RPUSH', KEYS[14], ARGV[i]) end
                    if #ARGV > 12 then redis.call('LTRIM', KEYS[14], -tonumber(ARGV[11]), -1) end
                    if to > 2 and from <= 2 then
                      if place then
                        redis.call('XACK', KEYS[2], 'trainers', place)
                        redis.call('XDEL', KEYS[2], place)
                      end
                      redis.call('HDEL', KEYS[6], id)
                      redis.call('HDEL', KEYS[8], id)
                      redis.call('HINCRBY', KEYS[7], tostring(to), 1)
                      redis.call('ZADD', KEYS[4], ARGV[7], id)
                      redis.call('PEXPIRE', KEYS[14], ARGV[8])
                    end
                    redis.call('PUBLISH', ARGV[9], id)
                    return 1
                    """);

    /** KEYS also: 14, the log. ARGV: id, base revision, Idempotency-Key, channel. 1: done, 0: another step came first. */
    static final Script DELETE = new Script(ReturnType.LONG, """
                    local id = ARGV[1]
                    local kept = redis.call('HGET', KEYS[1], id)
                    if not kept then return 1 end
                    if string.match(kept, '^%d+') ~= ARGV[2] then return 0 end
                    if ARGV[3] ~= '' and redis.call('HGET', KEYS[5], ARGV[3]) == id then
                      redis.call('HDEL', KEYS[5], ARGV[3])
                    end
                    redis.call('HDEL', KEYS[1], id)
                    redis.call('ZREM', KEYS[3], id)
                    redis.call('ZREM', KEYS[4], id)
                    for i = 9, 13 do redis.call('ZREM', KEYS[i], id) end
                    redis.call('DEL', KEYS[14])
                    redis.call('PUBLISH', ARGV[4], id)
                    return 1
                    """);

    /** KEYS: documents, ids. ARGV: the last id of the page before or nothing, how many. Documents, the newest first. */
    static final Script LIST = new Script(ReturnType.LIST, """
                    local last = ARGV[1] == '' and '+' or '(' .. ARGV[1]
                    local ids = redis.call('ZREVRANGEBYLEX', KEYS[2], last, '-', 'LIMIT', 0, ARGV[2])
                    local out = {}
                    for _, id in ipairs(ids) do
                      local kept = redis.call('HGET', KEYS[1], id)
                      if kept then out[#out + 1] = kept end
                    end
                    return out
                    """);

    /** KEYS: ids in the order of their ends. ARGV: ended before, most that are kept, how many at once. */
    static final Script OUTDATED = new Script(ReturnType.LIST, """
                    local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[3])
                    local over = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[2])
                    if over > #old then return redis.call('ZRANGE', KEYS[1], 0, math.min(over, ARGV[3]) - 1) end
                    return old
                    """);

    private TaskScripts() {}
}
