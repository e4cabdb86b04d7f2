package dev.foretell.router.http.message;

/** What a removal is answered with: {@code {"removed": true}}. */
public record Removed(boolean removed) {}
