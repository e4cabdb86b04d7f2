package dev.foretell.router.store.connection;

/** The names of the keys in Redis; the braces put them all on one shard of a Cluster, so that one script may touch them. */
public record Keys(String prefix) {
    public String of(String name) {
        return "{" + prefix + "}:" + name;
    }
}
