package dev.foretell.router.models;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The memory for models that hosts report.
 *
 * @param bytes by host; an absent host, or one that reports nothing, counts as large enough
 */
public record HostMemory(Map<WorkerId, Long> bytes) {
    private static final ModelKey HOSTS = new ModelKey(Hosting.TYPE, Hosting.ONNX);

    public HostMemory {
        bytes = Map.copyOf(bytes);
    }

    public static HostMemory of(EndpointPools pools) {
        Map<WorkerId, Long> bytes = new HashMap<>();
        pools.find(HOSTS).stream()
                .flatMap(pool -> pool.endpoints().stream())
                .forEach(endpoint -> note(endpoint, bytes));
        return new HostMemory(bytes);
    }

    private static void note(Endpoint endpoint, Map<WorkerId, Long> bytes) {
        WorkerIndex index = endpoint.host().index();
        if (index != null && index.hosts() != null && index.hosts().memory() > 0) {
            bytes.put(endpoint.worker(), index.hosts().memory());
        }
    }

    boolean fits(WorkerId host, long need) {
        return bytes.getOrDefault(host, Long.MAX_VALUE) >= need;
    }

    /** The largest memory of these hosts; empty if unknown. */
    public OptionalLong most(Iterable<WorkerId> hosts) {
        long most = 0;
        for (WorkerId host : hosts) {
            Long known = bytes.get(host);
            if (known == null) {
                return OptionalLong.empty();
            }
            most = Math.max(most, known);
        }
        return OptionalLong.of(most);
    }
}
