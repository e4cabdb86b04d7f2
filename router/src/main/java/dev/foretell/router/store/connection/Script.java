package dev.foretell.router.store.connection;

import org.redisson.api.RScript.ReturnType;

/**
 * One atomic step in Redis, in Lua.
 *
 * @param answer the type of its result: {@code LONG} or {@code LIST} (of {@code String} and {@code Long})
 */
public record Script(ReturnType answer, String lua) {}
