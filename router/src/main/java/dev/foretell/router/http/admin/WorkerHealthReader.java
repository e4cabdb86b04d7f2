package dev.foretell.router.http.admin;

import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.health.WorkerStatus;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.upstream.pool.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes a worker's health from its probes, endpoints and leases. Thread-safe. */
final class WorkerHealthReader {
    private final HealthMonitor monitor;
    private final Leases leases;
    private final TimeOfDay time = new TimeOfDay(Clock.systemUTC(), System::nanoTime);

    WorkerHealthReader(HealthMonitor monitor, Leases leases) {
        this.monitor = monitor;
        this.leases = leases;
    }

    /** @param endpoints all endpoints of the worker, at least one */
    WorkerHealth read(List<Endpoint> endpoints) {
        Endpoint any = endpoints.get(0);
        WorkerStatus status = monitor.statusOf(any.host()).orElseGet(WorkerStatus::unknown);
        RoutingObstacle obstacle = RoutingObstacle.of(status, endpoints);
        return new WorkerHealth(
                probes(status, obstacle, endpoints),
                failures(endpoints),
                new WorkerHealth.Lease(any.entry().leaseMs(), leaseLeftMillis(endpoints)),
                restraint(status, obstacle, endpoints));
    }

    /** The state of a worker at one model. */
    EndpointState explain(Endpoint endpoint) {
        List<Endpoint> alone = List.of(endpoint);
        WorkerStatus status = monitor.statusOf(endpoint.host()).orElseGet(WorkerStatus::unknown);
        RoutingObstacle obstacle = RoutingObstacle.of(status, alone);
        return new EndpointState(obstacle, why(status, obstacle, alone), leaseLeftMillis(alone));
    }

    /** Its state alone, which costs less. */
    RoutingObstacle state(Endpoint endpoint) {
        return RoutingObstacle.of(
                monitor.statusOf(endpoint.host()).orElseGet(WorkerStatus::unknown), List.of(endpoint));
    }

    private @Nullable String why(WorkerStatus status, RoutingObstacle obstacle, List<Endpoint> endpoints) {
        Endpoint any = endpoints.get(0);
        return new NoCallsReason(obstacle, endpoints, monitor.troubleOf(any.host()), status.failCount(), time::at)
                .text();
    }

    private WorkerHealth.Probes probes(WorkerStatus status, RoutingObstacle obstacle, List<Endpoint> endpoints) {
        return new WorkerHealth.Probes(
                obstacle,
                obstacle.since(status, endpoints, time::at).toString(),
                text(status.firstPass()),
                text(status.lastPass()),
                status.failCount());
    }

    private WorkerHealth.Failures failures(List<Endpoint> endpoints) {
        List<Endpoint> ejected = endpoints.stream().filter(Endpoint::isEjected).toList();
        return new WorkerHealth.Failures(
                endpoints.stream().mapToLong(Endpoint::failures).sum(),
                endpoints.get(0).host().strays().count(),
                ejected.stream().map(endpoint -> endpoint.model().toString()).toList(),
                ejectionEnd(ejected),
                lastFailure(endpoints));
    }

    private WorkerHealth.Restraint restraint(WorkerStatus status, RoutingObstacle obstacle, List<Endpoint> endpoints) {
        Endpoint any = endpoints.get(0);
        return new WorkerHealth.Restraint(
                why(status, obstacle, endpoints),
                endpoints.stream()
                        .mapToLong(endpoint -> Math.max(0, endpoint.busy().remainingNanos() / 1_000_000))
                        .max()
                        .orElse(0),
                any.host().suspicions(),
                endpoints.stream().mapToLong(Endpoint::ejections).sum());
    }

    /** The time left of the lease that expires first; null without a lease. */
    private @Nullable Long leaseLeftMillis(List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.entry().leaseMs() != null)
                .map(this::leaseLeft)
                .min(Comparator.naturalOrder())
                .map(Duration::toMillis)
                .orElse(null);
    }

    private Duration leaseLeft(Endpoint endpoint) {
        Long length = Objects.requireNonNull(endpoint.entry().leaseMs());
        return leases.remaining(new LeaseKey(endpoint.model(), endpoint.worker()), Duration.ofMillis(length));
    }

    private @Nullable String ejectionEnd(List<Endpoint> ejected) {
        return ejected.stream()
                .map(endpoint -> time.at(endpoint.ejectionEndNanos()))
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null);
    }

    private WorkerHealth.@Nullable LastFailure lastFailure(List<Endpoint> endpoints) {
        return NoCallsReason.lastFailure(endpoints)
                .map(last -> new WorkerHealth.LastFailure(
                        last.model().toString(),
                        last.words(),
                        time.at(last.nanos()).toString()))
                .orElse(null);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
