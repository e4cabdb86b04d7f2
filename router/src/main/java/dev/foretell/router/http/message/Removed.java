package dev.foretell.router.http.message;

/** The response to a removal: {@code {"removed": true}}. */
public record Removed(boolean removed) {}
