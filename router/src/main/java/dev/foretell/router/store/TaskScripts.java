package dev.foretell.router.store;

import dev.foretell.router.store.connection.Script;
import org.redisson.api.RScript.ReturnType;

/**
 * The steps of tasks in Redis. KEYS are those of {@link TaskKeys}. A document is its revision, a blank, and JSON. Each engine has a
 * queue: a stream with one group, whose pending entries belong to the consumer {@code running}, or, if their trainers were lost, to
 * {@code lost}. The place of a task is its entry, behind the number of the engine unless that is 1. The trainers that have an engine are a
 * sorted set, by the time until which they are there. A state has the number of its place in {@link
 * dev.foretell.router.tasks.TaskState}, from 1, and an engine that in {@link dev.foretell.commons.training.EngineName}.
 */
final class TaskScripts {
    static final String GROUP = "trainers";
    static final String RUNNING = "running";
    static final String LOST = "lost";

    private static final String NAMED = """
                    local documents, ids, ended, requests, places, outcomes, checkpoints, offers, helpable = unpack(KEYS, 1, 9)
                    local QUEUED, RUNNING, LAST, ENGINES = 1, 2, 5, 2
                    local function in_state(state) return KEYS[9 + state] end
                    local function queue_of(engine) return KEYS[9 + LAST + engine] end
                    local function trainers_with(engine) return KEYS[9 + LAST + ENGINES + engine] end
                    local log = KEYS[10 + LAST + 2 * ENGINES]
                    local function is_final(state) return state > RUNNING end
                    local function now_ms()
                      local time = redis.call('TIME')
                      return time[1] * 1000 + math.floor(time[2] / 1000)
                    end
                    local function enter(id, engine)
                      local entry = redis.call('XADD', queue_of(engine), '*', 'task', id)
                      redis.call('HSET', places, id, engine == 1 and entry or engine .. ' ' .. entry)
                    end
                    local function place_of(id)
                      local kept = redis.call('HGET', places, id)
                      if not kept then return nil, nil end
                      local engine, entry = string.match(kept, '^(%d+) (.+)$')
                      return queue_of(tonumber(engine or 1)), entry or kept
                    end
                    """;

    private static final String READY = NAMED + """
                    for engine = 1, ENGINES do
                      redis.pcall('XGROUP', 'CREATE', queue_of(engine), 'trainers', '0', 'MKSTREAM')
                    end
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
                    local id, document, request, max_queued, channel, engine = unpack(ARGV)
                    if request ~= '' then
                      local there = redis.call('HGET', requests, request)
                      if there and redis.call('HEXISTS', documents, there) == 1 then return {there} end
                    end
                    if redis.call('ZCARD', in_state(QUEUED)) >= tonumber(max_queued) then return {} end
                    redis.call('HSET', documents, id, document)
                    redis.call('ZADD', ids, 0, id)
                    redis.call('ZADD', in_state(QUEUED), 0, id)
                    if request ~= '' then redis.call('HSET', requests, request, id) end
                    enter(id, tonumber(engine))
                    redis.call('PUBLISH', channel, id)
                    return {id}
                    """);

    /** The lines for the log follow the named arguments. 1: done, 0: another step came first, -1: the queue is full. */
    static final Script COMMIT = new Script(ReturnType.LONG, READY + """
                    local id, base, document, before, after, max_queued = unpack(ARGV, 1, 6)
                    local now, keep, channel, checkpoint, max_lines, given_back = unpack(ARGV, 7, 12)
                    local engine, trainer, lease = unpack(ARGV, 13, 15)
                    local from, to = tonumber(before), tonumber(after)
                    local kept = redis.call('HGET', documents, id)
                    if not kept or string.match(kept, '^%d+') ~= base then return 0 end
                    local queue, place = place_of(id)
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
                      enter(id, tonumber(engine))
                      redis.call('ZREM', ended, id)
                      redis.call('PERSIST', log)
                    elseif to == RUNNING and place then
                      redis.call('XCLAIM', queue, 'trainers', 'running', 0, place, 'JUSTID')
                      for known = 1, ENGINES do
                        redis.call('ZADD', trainers_with(known), 'XX', 'GT', now_ms() + lease, trainer)
                      end
                    end
                    if from == RUNNING and to ~= RUNNING then
                      redis.call('HDEL', offers, id)
                      redis.call('ZREM', helpable, id)
                    end
                    if checkpoint ~= '' then redis.call('HSET', checkpoints, id, checkpoint) end
                    for line = 16, #ARGV do redis.call('RPUSH', log, ARGV[line]) end
                    if #ARGV > 15 then redis.call('LTRIM', log, -tonumber(max_lines), -1) end
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

    /**
     * Gives an entry that no trainer has had to the consumer {@code running}: the oldest one in the queues of these engines. Returns
     * engine, entry and task; nothing if there is none.
     */
    static final Script NEXT = new Script(ReturnType.LIST, READY + """
                    local function last_delivered(queue)
                      local group = redis.call('XINFO', 'GROUPS', queue)[1]
                      for at = 1, #group, 2 do
                        if group[at] == 'last-delivered-id' then return group[at + 1] end
                      end
                    end
                    local function is_older(one, other)
                      local ms, number = string.match(one, '(%d+)-(%d+)')
                      local other_ms, other_number = string.match(other, '(%d+)-(%d+)')
                      if ms == other_ms then return tonumber(number) < tonumber(other_number) end
                      return tonumber(ms) < tonumber(other_ms)
                    end
                    local engine, oldest
                    for _, asked in ipairs(ARGV) do
                      local queue = queue_of(tonumber(asked))
                      local first = redis.call('XRANGE', queue, '(' .. last_delivered(queue), '+', 'COUNT', 1)[1]
                      if first and (not oldest or is_older(first[1], oldest)) then engine, oldest = asked, first[1] end
                    end
                    if not engine then return {} end
                    local queue = queue_of(tonumber(engine))
                    local read = redis.call('XREADGROUP', 'GROUP', 'trainers', 'running', 'COUNT', 1, 'STREAMS', queue, '>')
                    local entry = read[1][2][1]
                    return {engine, entry[1], entry[2][2]}
                    """);

    /** Remembers a trainer for {@code time} with the engines that are marked by 1, and with no others. */
    static final Script HEAR = new Script(ReturnType.LONG, NAMED + """
                    local trainer, time = ARGV[1], tonumber(ARGV[2])
                    local now = now_ms()
                    for engine = 1, ENGINES do
                      redis.call('ZREMRANGEBYSCORE', trainers_with(engine), '-inf', now)
                      if ARGV[2 + engine] == '1' then
                        redis.call('ZADD', trainers_with(engine), 'GT', now + time, trainer)
                      else
                        redis.call('ZREM', trainers_with(engine), trainer)
                      end
                    end
                    return 1
                    """);

    /** The numbers of the engines that some trainer has. */
    static final Script ENGINES = new Script(ReturnType.LIST, NAMED + """
                    local out, now = {}, now_ms()
                    for engine = 1, ENGINES do
                      if redis.call('ZCOUNT', trainers_with(engine), '(' .. now, '+inf') > 0 then out[#out + 1] = tostring(engine) end
                    end
                    return out
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

    /** Milliseconds since 1970, by the clock of the server that has the queues. */
    static final Script TIME = new Script(ReturnType.LONG, NAMED + "return now_ms()\n");

    /** Nobody has been silent until now. */
    static final Script RENEW = new Script(ReturnType.LONG, READY + """
                    for engine = 1, ENGINES do
                      for _, entry in ipairs(redis.call('XPENDING', queue_of(engine), 'trainers', '-', '+', 10000, 'running')) do
                        redis.call('XCLAIM', queue_of(engine), 'trainers', 'running', 0, entry[1], 'JUSTID')
                      end
                    end
                    return 1
                    """);

    private TaskScripts() {}
}
