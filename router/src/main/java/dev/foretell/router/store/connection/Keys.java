package dev.foretell.router.store.connection;

/**
 * The names of the keys in Redis. The braces put all keys on one shard of a Cluster, so that one script may use them.
 */
public record Keys(String prefix) {
    public String of(String name) {
        return "{" + prefix + "}:" + name;
    }
}
