package dev.foretell.router.metrics;

import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.Standing;
import dev.foretell.router.health.WorkerStatus;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.Seat;
import dev.foretell.router.upstream.SeatTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What there is to say of the workers in the table; of those that left it, nothing. */
record WorkerMetrics(EndpointPools pools, HealthMonitor monitor) {
    private static final String FAILURES = "failures";

    void writeTo(Page page) {
        Map<String, List<Seat>> workers = new TreeMap<>();
        pools.all()
                .forEach(pool -> pool.seats()
                        .forEach(seat -> workers.computeIfAbsent(seat.worker().toString(), id -> new ArrayList<>())
                                .add(seat)));
        workers.forEach((id, seats) -> worker(page, id, seats));
    }

    private void worker(Page page, String id, List<Seat> seats) {
        seats.forEach(seat -> seat(page, id, seat));
        page.value(Family.WORKER_INFLIGHT, seats.get(0).inFlight(), id);
        page.value(Family.WORKER_STRAYS, seats.get(0).endpoint().strays().count(), id);
        Standing now = Standing.of(monitor.statusOf(seats.get(0).endpoint()).orElseGet(WorkerStatus::unknown), seats);
        for (Standing state : Standing.values()) {
            page.flag(Family.WORKER_STATE, state == now, id, ModelMetrics.word(state));
        }
    }

    private static void seat(Page page, String id, Seat seat) {
        String model = ModelMetrics.model(seat.model());
        String version = ModelMetrics.version(seat.model());
        SeatTally tally = seat.tally();
        page.value(Family.EJECTIONS, seat.ejections(), id, FAILURES);
        page.value(Family.WORKER_REQUESTS, tally.answered(), id, model, version, "ok");
        page.value(Family.WORKER_REQUESTS, tally.refused(), id, model, version, "client_error");
        for (AttemptFailure.Reason why : AttemptFailure.Reason.values()) {
            if (tally.failures(why) > 0) {
                page.value(Family.WORKER_REQUESTS, tally.failures(why), id, model, version, ModelMetrics.word(why));
            }
        }
        page.total(Family.WORKER_DURATION, tally.answered() + tally.refused(), tally.nanos(), id, model, version);
    }
}
