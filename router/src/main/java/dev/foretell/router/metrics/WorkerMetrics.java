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
import java.util.function.Consumer;

/** What there is to say of the workers in the table; of those that left it, nothing. */
public record WorkerMetrics(EndpointPools pools, HealthMonitor monitor) {
    private static final String FAILURES = "failures";

    /** The seats of each worker, by its id. */
    Map<String, List<Seat>> workers() {
        Map<String, List<Seat>> workers = new TreeMap<>();
        pools.all()
                .forEach(pool -> pool.seats()
                        .forEach(seat -> workers.computeIfAbsent(seat.worker().toString(), id -> new ArrayList<>())
                                .add(seat)));
        return workers;
    }

    /** What a family is made of, worker by worker. */
    List<Consumer<Page>> sources(Family family, Map<String, List<Seat>> workers) {
        return switch (family) {
            case WORKER_REQUESTS, WORKER_DURATION -> {
                List<Consumer<Page>> all = new ArrayList<>();
                workers.forEach((id, seats) -> seats.forEach(seat -> all.add(page -> seat(page, id, seat))));
                yield all;
            }
            case WORKER_STATE, WORKER_INFLIGHT, WORKER_STRAYS, SUSPICIONS, EJECTIONS -> {
                List<Consumer<Page>> all = new ArrayList<>();
                workers.forEach((id, seats) -> all.add(page -> worker(page, id, seats)));
                yield all;
            }
            default -> List.of();
        };
    }

    private void worker(Page page, String id, List<Seat> seats) {
        switch (page.family()) {
            case WORKER_INFLIGHT -> page.value(seats.get(0).inFlight(), id);
            case WORKER_STRAYS -> page.value(seats.get(0).endpoint().strays().count(), id);
            case SUSPICIONS -> page.value(seats.get(0).endpoint().suspicions(), id);
            case WORKER_STATE -> state(page, id, seats);
            default -> seats.forEach(seat -> page.value(seat.ejections(), id, FAILURES));
        }
    }

    private void state(Page page, String id, List<Seat> seats) {
        Standing now = Standing.of(monitor.statusOf(seats.get(0).endpoint()).orElseGet(WorkerStatus::unknown), seats);
        for (Standing state : Standing.values()) {
            page.flag(state == now, id, ModelMetrics.word(state));
        }
    }

    private static void seat(Page page, String id, Seat seat) {
        String model = ModelMetrics.model(seat.model());
        String version = ModelMetrics.version(seat.model());
        SeatTally tally = seat.tally();
        if (page.family() == Family.WORKER_DURATION) {
            page.total(tally.answered() + tally.refused(), tally.nanos(), id, model, version);
            return;
        }
        page.value(tally.answered(), id, model, version, "ok");
        page.value(tally.refused(), id, model, version, "client_error");
        for (AttemptFailure.Reason why : AttemptFailure.Reason.values()) {
            if (tally.failures(why) > 0) {
                page.value(tally.failures(why), id, model, version, ModelMetrics.word(why));
            }
        }
    }
}
