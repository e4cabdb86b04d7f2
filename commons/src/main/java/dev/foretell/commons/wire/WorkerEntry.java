package dev.foretell.commons.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.identity.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * One worker of one model in the routing map, in the format of {@code PUT /v1/model_workers_map}.
 *
 * @param function the function to call if the worker's index does not determine it
 * @param weight the share of calls relative to the model's other workers, 1 to 1000; the default is 1
 * @param leaseMs how long the worker stays registered without renewal, in milliseconds, 1000 to 3600000; absent:
 *     without limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"host", "port", "local_worker_id", "function", "weight", "lease_ms"})
public record WorkerEntry(
        String host,
        int port,
        @JsonProperty("local_worker_id") int localWorkerId,
        @Nullable String function,
        @Nullable Integer weight,
        @JsonProperty("lease_ms") @Nullable Long leaseMs) {
    public WorkerEntry {
        var unused = new WorkerId(host, port, localWorkerId);
        if (function != null) {
            Names.require("function", function);
        }
        if (weight != null && (weight < 1 || weight > 1000)) {
            throw new IllegalArgumentException("weight " + weight + " is not between 1 and 1000");
        }
        if (leaseMs != null && (leaseMs < 1000 || leaseMs > 3_600_000)) {
            throw new IllegalArgumentException("lease_ms " + leaseMs + " is not between 1000 and 3600000");
        }
    }

    public static WorkerEntry of(String host, int port, int localWorkerId) {
        return new WorkerEntry(host, port, localWorkerId, null, null, null);
    }

    public WorkerId id() {
        return new WorkerId(host, port, localWorkerId);
    }

    /** The weight; 1 by default. */
    public int share() {
        return weight == null ? 1 : weight;
    }
}
