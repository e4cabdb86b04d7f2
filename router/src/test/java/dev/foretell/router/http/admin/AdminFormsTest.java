package dev.foretell.router.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.json.Json;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.http.message.JsonPieces;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes that operators' programs read. */
class AdminFormsTest {
    private static final String HEALTH = """
            "state": "EJECTED", "since": "2026-01-01T00:00:00Z", "first_pass": null, "last_pass": "2026-01-01T00:00:01Z", \
            "fail_count": 2, "failures": 3, "strays": 4, "ejected_from": ["AI/fib"], "ejected_until": "2026-01-01T00:00:30Z", \
            "last_failure": {"model": "AI/fib", "detail": "it broke", "at": "2026-01-01T00:00:02Z"}, \
            "lease_ms": 15000, "lease_left_ms": 9000, "why": "it is ejected", "left_alone_ms": 5, "suspicions": 6, \
            "ejections": 7""";

    private static WorkerHealth health() {
        return new WorkerHealth(
                new WorkerHealth.Probes(
                        RoutingObstacle.EJECTED, "2026-01-01T00:00:00Z", null, "2026-01-01T00:00:01Z", 2),
                new WorkerHealth.Failures(
                        3,
                        4,
                        List.of("AI/fib"),
                        "2026-01-01T00:00:30Z",
                        new WorkerHealth.LastFailure("AI/fib", "it broke", "2026-01-01T00:00:02Z")),
                new WorkerHealth.Lease(15_000L, 9000L),
                new WorkerHealth.Restraint("it is ejected", 5, 6, 7));
    }

    private static String text(@Nullable Object value) {
        return new String(Json.writeSpaced(value), StandardCharsets.UTF_8);
    }

    private static String whole(JsonPieces pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEachRemaining(all::writeBytes);
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aWorkerIsWhoItIsHowItIsAndWhatItDoes() {
        WorkerView worker = new WorkerView(
                WorkerView.Identity.of(new WorkerId("localhost", 9001, 0)), List.of("AI/fib"), health(), 8);

        assertThat(text(worker)).isEqualTo("""
                {"host": "localhost", "port": 9001, "local_worker_id": 0, "global_worker_id": "localhost-9001-0", \
                "models": ["AI/fib"], """ + " " + HEALTH + ", \"in_flight\": 8}");
    }

    @Test
    void whatAWorkerDoesNotHaveIsNull() {
        WorkerHealth well = new WorkerHealth(
                new WorkerHealth.Probes(RoutingObstacle.READY, "2026-01-01T00:00:00Z", null, null, 0),
                new WorkerHealth.Failures(0, 0, List.of(), null, null),
                new WorkerHealth.Lease(null, null),
                new WorkerHealth.Restraint(null, 0, 0, 0));

        assertThat(text(well)).isEqualTo("""
                {"state": "READY", "since": "2026-01-01T00:00:00Z", "first_pass": null, "last_pass": null, \
                "fail_count": 0, "failures": 0, "strays": 0, "ejected_from": [], "ejected_until": null, \
                "last_failure": null, "lease_ms": null, "lease_left_ms": null, "why": null, "left_alone_ms": 0, \
                "suspicions": 0, "ejections": 0}""");
    }

    @Test
    void theHealthcheckInPiecesIsWhatItIsWhole() {
        ModelCalls calls =
                new ModelCalls(new ModelCalls.Retries(1, 2, 3), new ModelCalls.Hedges(4, 5, 6), 7, true, 8, 9);
        ElbHealthcheck healthcheck = new ElbHealthcheck(
                17,
                50,
                new ElbHealthcheck.Requests(pieces("fib", Map.of("localhost-9001-0", 3)), Map.of("fib", 1L), Map.of()),
                pieces("localhost-9001-0", health()),
                pieces("AI/fib", calls));

        assertThat(whole(JsonPieces.of(healthcheck))).isEqualTo("""
                {"uptime": 17, "capacity": 50, "requests": {"fib": {"localhost-9001-0": 3}}, \
                "cache_hits": {"fib": 1}, "Alive_info": {"localhost-9001-0": {%s}}, \
                "models": {"AI/fib": {"retries": 1, "retries_under_way": 2, "retry_budget_exhausted": 3, \
                "hedges_won": 4, "hedges_lost": 5, "copies": 6, "ejections": 7, "panic": true, "batches": 8, \
                "batched_calls": 9}}}""".formatted(HEALTH));
    }

    private static JsonPieces pieces(String name, Object value) {
        return JsonPieces.object(Map.of(name, value).entrySet().iterator());
    }
}
