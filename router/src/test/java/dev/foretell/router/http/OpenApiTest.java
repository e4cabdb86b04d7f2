package dev.foretell.router.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.health.HealthConfig;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.WorkerStatuses;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.upstream.BreakerConfig;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WarmUpConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The description of the API leaves nothing out and makes nothing up. */
class OpenApiTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private static JsonNode description() throws IOException {
        try (InputStream in = Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/openapi.yaml"))) {
            return new YAMLMapper().readTree(in);
        }
    }

    /** {@code GET /livez} and the like, parameters without their names. */
    private static Set<String> described() throws IOException {
        Set<String> described = new TreeSet<>();
        description()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{[a-z]+}", "*"))));
        return described;
    }

    private static Set<String> served() {
        RoutingTables tables = new RoutingTables(unused(RoutingTables.Store.class));
        EndpointPools pools = new EndpointPools(
                VERTX,
                BalanceConfig.defaults(),
                BreakerConfig.defaults(),
                RoutingConfig.defaults(),
                WarmUpConfig.defaults(),
                System::nanoTime);
        RouterApi api = new RouterApi(
                HttpConfig.defaults(),
                new Readiness(() -> true, () -> 0),
                tables,
                new Leases(
                        unused(Leases.Store.class),
                        tables,
                        Leases.Config.defaults(),
                        System::nanoTime,
                        (key, lost) -> {}),
                new DrainOrders(unused(DrainOrders.Store.class), tables),
                pools,
                new HealthMonitor(
                        VERTX, HealthConfig.defaults(), null, unused(WorkerStatuses.class), Clock.systemUTC()),
                new RequestCounts(unused(RequestCounts.Store.class)),
                unused(LiveConfig.class));
        Set<String> served = new TreeSet<>();
        api.routes(VERTX, new ProblemHandler()).getRoutes().forEach(route -> {
            String path = route.getPath() == null
                    ? route.getName().replace("[^/]+", "*")
                    : route.getPath().replaceAll(":[a-z]+", "*");
            route.methods().forEach(method -> served.add(method.name() + " " + path));
        });
        return served;
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static <T> T unused(Class<T> type) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsServed() throws IOException {
        assertThat(served()).isEqualTo(described());
    }

    @Test
    void itsExamplesAreTakenAndItsNamesAreOurs() throws IOException {
        JsonNode schemas = description().path("components").path("schemas");
        JsonNode map =
                description().at("/paths/~1v1~1model_workers_map/put/requestBody/content/application~1json/example");

        assertThat(RoutingMap.parse(map.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .models())
                .containsKey(new ModelKey("AI", "fib"));
        assertThat(Pattern.matches(schemas.at("/Name/pattern").asText(), "simple_example"))
                .isTrue();
        assertThat(schemas.at("/Worker/properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("host", "port", "local_worker_id", "function", "weight", "lease_ms");
    }
}
