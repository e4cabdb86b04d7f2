package dev.foretell.router.store.hash;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.counts.CountKey;
import dev.foretell.router.routing.LeaseKey;

/**
 * Parses identities from the fields of Redis hashes. All methods throw {@link IllegalArgumentException} for an invalid
 * field.
 */
public final class Fields {
    private Fields() {}

    /** {@code AI/fib}. */
    public static ModelKey model(String field) {
        String[] parts = parts(field, 2);
        return new ModelKey(parts[0], parts[1]);
    }

    /** {@code AI/fib/localhost-9001-0}. */
    public static LeaseKey lease(String field) {
        String[] parts = parts(field, 3);
        return new LeaseKey(new ModelKey(parts[0], parts[1]), worker(parts[2]));
    }

    /** {@code AI/fib/localhost-9001-0}. */
    public static CountKey count(String field) {
        String[] parts = parts(field, 3);
        return new CountKey(parts[0], parts[1], parts[2]);
    }

    public static String of(CountKey key) {
        return key.type() + "/" + key.model() + "/" + key.worker();
    }

    /** {@code localhost-9001-0}; the host may contain dashes. */
    public static WorkerId worker(String field) {
        int local = field.lastIndexOf('-');
        int port = field.lastIndexOf('-', local - 1);
        if (port < 0) {
            throw new IllegalArgumentException("not a worker: " + field);
        }
        return new WorkerId(
                field.substring(0, port),
                Integer.parseInt(field.substring(port + 1, local)),
                Integer.parseInt(field.substring(local + 1)));
    }

    private static String[] parts(String field, int count) {
        String[] parts = field.split("/", -1);
        if (parts.length != count) {
            throw new IllegalArgumentException("not " + count + " names with slashes between: " + field);
        }
        return parts;
    }
}
