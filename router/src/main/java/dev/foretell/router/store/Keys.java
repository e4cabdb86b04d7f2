package dev.foretell.router.store;

/** The names of the keys in Redis; the braces put them all on one shard of a Cluster, so that one script may touch them. */
record Keys(String prefix) {
    String of(String name) {
        return "{" + prefix + "}:" + name;
    }
}
