package dev.foretell.router.store.connection;

import org.redisson.api.RScript.ReturnType;

/**
 * One atomic step in Redis, in Lua.
 *
 * @param answer how its answer is read: {@code LONG} or {@code LIST} (of {@code String} and {@code Long})
 */
public record Script(ReturnType answer, String lua) {}
