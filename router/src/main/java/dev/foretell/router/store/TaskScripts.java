package dev.foretell.router.store;

import dev.foretell.router.store.connection.Script;
import org.redisson.api.RScript.ReturnType;

/**
 * The steps of tasks in Redis. KEYS are those of {@link TaskKeys}. A document is its revision, a blank, and JSON. The queue is a
 * stream with one group, whose pending entries belong to the consumer {@code running}, or, if their trainers were lost, to {@code
 * lost}. A state has the number of its place in {@link dev.foretell.router.tasks.TaskState}, from 1.
 */
final class TaskScripts {
    static final String GROUP = "trainers";
    static final String RUNNING = "running";
    static final String LOST = "lost";

    private static final String NAMED = """
                    local documents, queue, ids, ended, requests, places, outcomes, checkpoints = unpack(KEYS, 1, 8)
                    local offers, helpable = unpack(KEYS, 9, 10)
                    local function in_state(state) return KEYS[10 + state] end
                    local log = KEYS[16]
                    local QUEUED, RUNNING, LAST = 1, 2, 5
                    local function is_final(state) return state > RUNNING end
                    """;

    private static final String READY = NAMED + """
                    redis.pcall('XGROUP', 'CREATE', queue, 'trainers', '0', 'MKSTREAM')
                    """;

    /** How many are in each state, how many ended in each, then the oldest that is queued. */
    static final Script OPEN = new Script(ReturnType.LIST, READY + """
                    local out = {}
                    for state = 1, LAST do out[#out + 1] = tostring(redis.call('ZCARD', in_state(state))) end
                    for state = 1, LAST do out[#out + 1] = redis.call('HGET', outcomes, tostring(state)) or '0' end
                    out[#out + 1] = redis.call('ZRANGE', in_state(QUEUED), 0, 0)[1] or ''
                    return out
                    """);

    /** Returns the id of the task with this Idempotency-Key, which may be an earlier one; nothing if the queue is full. */
    static final Script CREATE = new Script(ReturnType.LIST, READY + """
                    local id, document, request, max_queued, channel = unpack(ARGV)
                    if request ~= '' then
                      local there = redis.call('HGET', requests, request)
                      if there and redis.call('HEXISTS', documents, there) == 1 then return {there} end
                    end
                    if redis.call('ZCARD', in_state(QUEUED)) >= tonumber(max_queued) then return {} end
                    redis.call('HSET', documents, id, document)
                    redis.call('ZADD', ids, 0, id)
                    redis.call('ZADD', in_state(QUEUED), 0, id)
                    if request ~= '' then redis.call('HSET', requests, request, id) end
                    redis.call('HSET', places, id, redis.call('XADD', queue, '*', 'task', id))
                    redis.call('PUBLISH', channel, id)
                    return {id}
                    """);

    /** The lines for the log follow the named arguments. 1: done, 0: another step came first, -1: the queue is full. */
    static final Script COMMIT = new Script(ReturnType.LONG, READY + """
                    local id, base, document, before, after, max_queued = unpack(ARGV, 1, 6)
                    local now, keep, channel, checkpoint, max_lines, given_back = unpack(ARGV, 7, 12)
                    local from, to = tonumber(before), tonumber(after)
                    local kept = redis.call('HGET', documents, id)
                    if not kept or string.match(kept, '^%d+') ~= base then return 0 end
                    local place = redis.call('HGET', places, id)
                    if from == RUNNING and to == QUEUED then
                      local holder = place and redis.call('XPENDING', queue, 'trainers', place, place, 1)[1]
                      if given_back == 'true' then
                        if place then redis.call('XCLAIM', queue, 'trainers', 'lost', 0, place, 'JUSTID') end
                      elseif holder and holder[2] ~= 'lost' then
                        return 0
                      end
                    end
                    if is_final(from) and to == QUEUED and redis.call('ZCARD', in_state(QUEUED)) >= tonumber(max_queued) then
                      return -1
                    end
                    redis.call('HSET', documents, id, document)
                    if from ~= to then
                      redis.call('ZREM', in_state(from), id)
                      redis.call('ZADD', in_state(to), 0, id)
                    end
                    if to == QUEUED and (is_final(from) or not place) then
                      redis.call('HSET', places, id, redis.call('XADD', queue, '*', 'task', id))
                      redis.call('ZREM', ended, id)
                      redis.call('PERSIST', log)
                    elseif to == RUNNING and place then
                      redis.call('XCLAIM', queue, 'trainers', 'running', 0, place, 'JUSTID')
                    end
                    if from == RUNNING and to ~= RUNNING then
                      redis.call('HDEL', offers, id)
                      redis.call('ZREM', helpable, id)
                    end
                    if checkpoint ~= '' then redis.call('HSET', checkpoints, id, checkpoint) end
                    for line = 13, #ARGV do redis.call('RPUSH', log, ARGV[line]) end
                    if #ARGV > 12 then redis.call('LTRIM', log, -tonumber(max_lines), -1) end
                    if is_final(to) and not is_final(from) then
                      if place then
                        redis.call('XACK', queue, 'trainers', place)
                        redis.call('XDEL', queue, place)
                      end
                      redis.call('HDEL', places, id)
                      redis.call('HDEL', checkpoints, id)
                      redis.call('HINCRBY', outcomes, tostring(to), 1)
                      redis.call('ZADD', ended, now, id)
                      redis.call('PEXPIRE', log, keep)
                    end
                    redis.call('PUBLISH', channel, id)
                    return 1
                    """);

    /** Stores what a search offers; {@code base} is empty for the first offer. 1: done, 0: another step came first, -1: it does not run. */
    static final Script OFFER = new Script(ReturnType.LONG, NAMED + """
                    local id, base, document, open, helping = unpack(ARGV)
                    if not redis.call('ZSCORE', in_state(RUNNING), id) then
                      redis.call('HDEL', offers, id)
                      redis.call('ZREM', helpable, id)
                      return -1
                    end
                    local kept = redis.call('HGET', offers, id)
                    if (kept and string.match(kept, '^%S+') or '') ~= base then return 0 end
                    redis.call('HSET', offers, id, document)
                    if open == '0' then
                      redis.call('ZREM', helpable, id)
                    else
                      redis.call('ZADD', helpable, helping, id)
                    end
                    return 1
                    """);

    /** 1: done, 0: another step came first. */
    static final Script DELETE = new Script(ReturnType.LONG, NAMED + """
                    local id, base, request, channel = unpack(ARGV)
                    local kept = redis.call('HGET', documents, id)
                    if not kept then return 1 end
                    if string.match(kept, '^%d+') ~= base then return 0 end
                    if request ~= '' and redis.call('HGET', requests, request) == id then
                      redis.call('HDEL', requests, request)
                    end
                    redis.call('HDEL', documents, id)
                    redis.call('ZREM', ids, id)
                    redis.call('ZREM', ended, id)
                    for state = 1, LAST do redis.call('ZREM', in_state(state), id) end
                    redis.call('DEL', log)
                    redis.call('PUBLISH', channel, id)
                    return 1
                    """);

    /**
     * Returns documents, the newest first, after the id with which the next page begins; that is empty on the last page. A page ends
     * before {@code limit} documents if they are longer than {@code max_bytes}.
     */
    static final Script LIST = new Script(ReturnType.LIST, """
                    local documents, ids = unpack(KEYS)
                    local after, limit, max_bytes = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
                    local last = after == '' and '+' or '(' .. after
                    local out, bytes, shown = {''}, 0, ''
                    for _, id in ipairs(redis.call('ZREVRANGEBYLEX', ids, last, '-', 'LIMIT', 0, limit + 1)) do
                      local document = redis.call('HGET', documents, id)
                      local length = document and #document or 0
                      if #out > limit or (#out > 1 and bytes + length > max_bytes) then
                        out[1] = shown
                        return out
                      end
                      if document then out[#out + 1] = document end
                      bytes = bytes + length
                      shown = id
                    end
                    return out
                    """);

    /** KEYS: the ids of ended tasks. */
    static final Script OUTDATED = new Script(ReturnType.LIST, """
                    local ended = KEYS[1]
                    local before, max_kept, limit = unpack(ARGV)
                    local old = redis.call('ZRANGEBYSCORE', ended, '-inf', '(' .. before, 'LIMIT', 0, limit)
                    local over = redis.call('ZCARD', ended) - tonumber(max_kept)
                    if over > #old then return redis.call('ZRANGE', ended, 0, math.min(over, limit) - 1) end
                    return old
                    """);

    private TaskScripts() {}
}
