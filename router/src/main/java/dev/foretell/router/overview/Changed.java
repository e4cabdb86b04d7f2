package dev.foretell.router.overview;

import java.util.Set;

/** The models, such as {@code AI/fib}, and the ids of the workers that changed at a look. */
public record Changed(Set<String> models, Set<String> workers) {}
