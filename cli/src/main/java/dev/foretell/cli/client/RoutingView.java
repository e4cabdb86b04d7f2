package dev.foretell.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The router's map, the states of its workers and its counts, as rows. */
public final class RoutingView {
    private static final Comparator<RouteRow.Name> BY_NAME = Comparator.comparing(RouteRow.Name::type)
            .thenComparing(RouteRow.Name::model)
            .thenComparing(RouteRow.Name::worker);

    private final RouterHttp router;
    private final JsonNode requests;
    private final List<RouteRow> rows = new ArrayList<>();

    private RoutingView(RouterHttp router, JsonNode requests) {
        this.router = router;
        this.requests = requests;
    }

    /** One row per model and worker, by type, model and worker. */
    public static List<RouteRow> of(RouterHttp router) {
        JsonNode map = router.get("/v1/model_workers_map").orFail().json();
        RoutingView view =
                new RoutingView(router, router.get("/elb-healthcheck").json().path("requests"));
        map.properties().forEach(type -> view.addType(type.getKey()));
        view.rows.sort(Comparator.comparing(RouteRow::name, BY_NAME));
        return List.copyOf(view.rows);
    }

    private void addType(String type) {
        router.get("/v1/model_workers_map?model-type=" + type)
                .orFail()
                .json()
                .properties()
                .forEach(worker -> addWorker(type, worker.getKey(), worker.getValue()));
    }

    private void addWorker(String type, String id, JsonNode worker) {
        worker.path("models").forEach(model -> rows.add(row(type, model.asText(), id, worker)));
    }

    private static @Nullable String text(JsonNode worker, String field) {
        return worker.path(field).isTextual() ? worker.path(field).asText() : null;
    }

    private static @Nullable Long number(JsonNode worker, String field) {
        return worker.path(field).isNumber() ? worker.path(field).asLong() : null;
    }

    private RouteRow row(String type, String model, String id, JsonNode worker) {
        return new RouteRow(
                new RouteRow.Name(type, model, id),
                new RouteRow.Calls(
                        worker.path("state").asText(),
                        worker.path("in_flight").asLong(),
                        requests.path(model).path(id).asLong()),
                new RouteRow.Times(
                        worker.path("last_pass").asText("").replaceAll("^null$", ""),
                        worker.path("since").asText()),
                new RouteRow.Lease(number(worker, "lease_ms"), number(worker, "lease_left_ms")),
                trouble(worker));
    }

    private static RouteRow.Trouble trouble(JsonNode worker) {
        return new RouteRow.Trouble(
                worker.path("failures").asLong(),
                worker.path("last_failure").isObject() ? worker.path("last_failure") : null,
                text(worker, "ejected_until"),
                text(worker, "why"));
    }
}
