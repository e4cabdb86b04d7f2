package dev.foretell.router.http.dashboard;

import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventLog;
import dev.foretell.router.http.edge.WriteLog;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.RoutingTables;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Records the changes that callers make: what, from where, and the state before and after, as this router sees it. Renewals
 * that change nothing, and the reports of trainers, are not recorded. Thread-safe.
 */
public final class RecordedWrites implements WriteLog {
    private static final Write NOTHING = () -> {};
    private static final String TRAINERS = "/v1/trainers/";
    private static final String RELOAD = "/v1/config/reload";
    /** What only matters where it changes something: workers renew their leases with it. */
    private static final Pattern RENEWAL = Pattern.compile("/v1/model_workers_map|/model");

    /** The shared state. */
    public record Sources(
            RoutingTables tables,
            ModelRegistry models,
            EnsembleRegistry ensembles,
            DrainOrders drainOrders,
            Supplier<Map<String, String>> settings) {
        private StateImage now(boolean withSettings) {
            return new StateImage(
                    tables.current(),
                    models.current(),
                    ensembles.current(),
                    drainOrders.current(),
                    withSettings ? settings.get() : Map.of());
        }
    }

    private final EventLog log;
    private final Sources sources;
    private final Supplier<Boolean> hasToken;
    private final Clock clock;

    /** @param hasToken whether callers need the router's token */
    public RecordedWrites(EventLog log, Sources sources, Supplier<Boolean> hasToken, Clock clock) {
        this.log = log;
        this.sources = sources;
        this.hasToken = hasToken;
        this.clock = clock;
    }

    @Override
    public Write begin(HttpServerRequest request) {
        String path = request.path();
        if (path == null || path.startsWith(TRAINERS)) {
            return NOTHING;
        }
        boolean withSettings = path.equals(RELOAD);
        StateImage before = sources.now(withSettings);
        return () -> record(request, path, before.to(sources.now(withSettings)));
    }

    private void record(HttpServerRequest request, String path, StateImage.Difference change) {
        if (change.isNone() && RENEWAL.matcher(path).matches()) {
            return;
        }
        String address = request.remoteAddress().hostAddress();
        log.record(Event.write(
                clock.instant(),
                WriteWords.of(request.method().name(), path),
                new Event.Origin(
                        hasToken.get() ? "the holder of the token" : "a caller without a key",
                        address == null ? "" : address),
                new Event.Change(change.before(), change.after())));
    }
}
