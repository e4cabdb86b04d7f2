package dev.foretell.router.http.dashboard;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.http.admin.EndpointState;
import dev.foretell.router.http.admin.WorkerViews;
import dev.foretell.router.overview.Observer;
import dev.foretell.router.overview.WorkerHistory;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.Comparator;
import java.util.List;

/** The workers for the dashboard, one item for each worker at each model. */
record WorkerItems(EndpointPools pools, WorkerViews views, Observer observer) {
    private static final Comparator<Endpoint> ORDER = Comparator.comparing(Endpoint::model)
            .thenComparing(endpoint -> endpoint.worker().toString());

    Page.Items<WorkerItem> list(Page page) {
        return page.cut(
                pools.all().stream()
                        .flatMap(pool -> pool.endpoints().stream())
                        .filter(endpoint -> !Hosting.isOwnFunction(
                                endpoint.model().type(), endpoint.model().name()))
                        .filter(endpoint -> isWanted(page, endpoint))
                        .sorted(ORDER)
                        .toList(),
                this::item);
    }

    /** The workers of a model and of its versions. */
    List<WorkerItem> of(ModelKey model) {
        return pools.ofType(model.type()).values().stream()
                .filter(pool -> pool.model().base().equals(model))
                .flatMap(pool -> pool.endpoints().stream())
                .sorted(ORDER)
                .map(this::item)
                .toList();
    }

    private boolean isWanted(Page page, Endpoint endpoint) {
        return page.matches(endpoint.toString())
                || page.matches(views.state(endpoint).name());
    }

    private WorkerItem item(Endpoint endpoint) {
        EndpointState state = views.explain(endpoint);
        WorkerHistory history = observer.worker(endpoint.model(), endpoint.worker());
        Long lease = state.leaseLeftMillis();
        return new WorkerItem(
                new WorkerItem.Place(
                        endpoint.model().type(),
                        endpoint.model().name(),
                        endpoint.worker().toString(),
                        endpoint.worker().host(),
                        endpoint.worker().port()),
                new WorkerItem.State(state.state(), state.why()),
                new WorkerItem.Load(
                        endpoint.inFlight(),
                        lease == null ? null : lease / 1000,
                        endpoint.warmthPercent(),
                        history == null ? 0 : history.callsPerSecond()),
                history == null
                        ? List.of()
                        : history.strip().stream().map(WorkerItem.Change::of).toList());
    }
}
