package dev.foretell.router.http.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.foretell.commons.identity.WorkerId;
import java.util.List;

/** A worker in the response of {@code GET /v1/workers}. */
@JsonNaming(SnakeCaseStrategy.class)
record WorkerView(
        @JsonUnwrapped Identity identity,
        List<String> models,
        @JsonUnwrapped WorkerHealth health,
        int inFlight) {
    /** The identity of the worker. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Identity(String host, int port, int localWorkerId, String globalWorkerId) {
        static Identity of(WorkerId worker) {
            return new Identity(worker.host(), worker.port(), worker.localWorkerId(), worker.toString());
        }
    }
}
