package dev.foretell.router.tasks;

/**
 * The request that made a task.
 *
 * @param key its Idempotency-Key; empty for none
 * @param fingerprint SHA-256 of what it asked for: whether another one with this key asks for the same
 */
public record TaskOrigin(String key, String fingerprint) {}
