package dev.foretell.router.http.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.balance.PolicyName;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.BodyReader;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.http.message.ContentEncodingCheck;
import dev.foretell.router.http.message.JsonPieces;
import dev.foretell.router.http.message.Removed;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /v1/model_workers_map}: the workers of each model. */
public final class WorkersMapApi {
    /** The response to a registration. */
    private record Registered(
            @JsonProperty("Register Model Service") String outcome) {}

    private final RoutingTables tables;
    private final WorkerViews views;
    private final WorkerRegistration registration;
    private final HttpConfig config;
    private final BackgroundWork work;

    public WorkersMapApi(WorkerRegistration registration, WorkerViews views, RouteSupport support) {
        this.tables = registration.tables();
        this.views = views;
        this.registration = registration;
        this.config = support.config();
        this.work = support.work();
    }

    Future<Object> put(RoutingContext ctx) {
        boolean replace = isReplace(ctx.queryParams().get("mode"));
        ContentEncodingCheck.requireNoForm(ctx.request());
        String epoch = epoch(ctx.request().getHeader(Headers.WORKER_EPOCH));
        return BodyReader.read(
                        ctx.request(),
                        config.bodies().maxAdminBodyBytes(),
                        config.bodies().bodyTimeout())
                .compose(body -> work.run(() -> registration.requireFree(parse(body))))
                .compose(map ->
                        registration.register(map, epoch, table -> replace ? table.replace(map) : table.merge(map)))
                .map(table -> {
                    ctx.response().putHeader(Headers.ROUTING_REVISION, Long.toString(table.revision()));
                    return new Registered("Success");
                });
    }

    Future<Object> get(RoutingContext ctx) {
        String type = ctx.queryParams().get("model-type");
        RoutingTable table = tables.current();
        ctx.response().putHeader(Headers.ROUTING_REVISION, Long.toString(table.revision()));
        return ChunkedResponse.json(ctx.request(), work, () -> type == null ? toJson(table) : views.ofType(type));
    }

    /** The table in the format that {@link #put} accepts. */
    private static JsonPieces toJson(RoutingTable table) {
        Map<String, Map<String, Object>> types = new TreeMap<>();
        table.models()
                .forEach((key, model) -> types.computeIfAbsent(key.type(), type -> new TreeMap<>())
                        .put(key.name(), model.shape()));
        return JsonPieces.object(types.entrySet().stream()
                .map(type -> Map.entry(
                        type.getKey(),
                        JsonPieces.object(type.getValue().entrySet().iterator())))
                .iterator());
    }

    Future<Object> delete(RoutingContext ctx) {
        String type = ctx.pathParam("type");
        @Nullable String model = ctx.pathParam("model");
        @Nullable String worker = ctx.pathParam("worker");
        return tables.update(table -> removal(table, type, model, worker)).map(table -> {
            ctx.response().putHeader(Headers.ROUTING_REVISION, Long.toString(table.revision()));
            return new Removed(true);
        });
    }

    private static RoutingMap parse(Buffer body) {
        RoutingMap map = RoutingMap.parse(body.getBytes());
        map.models().forEach((key, model) -> {
            if (model.policy() != null && PolicyName.of(model.policy()).isEmpty()) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        key.type() + "." + key.name() + ".policy must be one of "
                                + Arrays.stream(PolicyName.values())
                                        .map(PolicyName::toString)
                                        .collect(Collectors.joining(", ")));
            }
        });
        return map;
    }

    private static RoutingChange removal(
            RoutingTable table, String type, @Nullable String model, @Nullable String worker) {
        RoutingChange change = table.remove(type, model, worker);
        if (change.isEmpty()) {
            throw new ServingException(FailureKind.NOT_FOUND, absence(table, type, model, worker));
        }
        return change;
    }

    /** The first of the names that does not exist, with similar ones. */
    private static String absence(RoutingTable table, String type, @Nullable String model, @Nullable String worker) {
        List<ModelKey> ofType = table.models().keySet().stream()
                .filter(key -> key.type().equals(type))
                .toList();
        if (model == null || ofType.isEmpty()) {
            return absence("type", type, table.models().keySet().stream().map(ModelKey::type));
        }
        Optional<ModelKey> found =
                ofType.stream().filter(key -> key.name().equals(model)).findFirst();
        return found.isEmpty() || worker == null
                ? absence("model", model, ofType.stream().map(ModelKey::name))
                : absence("worker", worker, workers(table.models().get(found.get())));
    }

    private static Stream<String> workers(RoutingMap.@Nullable Model model) {
        return model == null
                ? Stream.empty()
                : model.workers().stream().map(entry -> entry.id().toString());
    }

    private static String absence(String what, String name, Stream<String> names) {
        return "there is no " + what + " '" + NearestNames.abbreviate(name) + "' in the map"
                + NearestNames.of(name, names.toList());
    }

    private static String epoch(@Nullable String given) {
        if (given != null && !WorkerIndex.isEpoch(given)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    Headers.WORKER_EPOCH + " must be 1 to 64 letters, digits, dots, dashes or underscores");
        }
        return given == null ? "" : given;
    }

    private static boolean isReplace(@Nullable String mode) {
        if (mode != null && !mode.equals("merge") && !mode.equals("replace")) {
            throw new ServingException(FailureKind.INVALID_INPUT, "mode must be merge or replace");
        }
        return "replace".equals(mode);
    }
}
