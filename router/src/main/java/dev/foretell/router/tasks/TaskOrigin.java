package dev.foretell.router.tasks;

/**
 * The request that created a task.
 *
 * @param key its Idempotency-Key; empty without one
 * @param fingerprint the SHA-256 of its order, to compare it with another request with this key
 */
public record TaskOrigin(String key, String fingerprint) {}
