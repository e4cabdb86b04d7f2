package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.foretell.commons.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The configuration that is shipped, and the defaults it shows. */
class ShippedConfigTest {
    private static final String SHIPPED = ConfigLoader.read(Path.of("..", "conf", "router.yaml"));

    @Test
    void setsEverythingToItsDefault() {
        RouterConfig loaded = ConfigLoader.load(RouterConfig.defaults(), SHIPPED, Map.of(), Map.of());

        assertThat(ConfigLoader.describe(loaded)).isEqualTo(ConfigLoader.describe(RouterConfig.defaults()));
    }

    @Test
    void namesEverySetting() throws IOException {
        JsonNode file = new YAMLMapper().readTree(SHIPPED);

        assertThat(ConfigLoader.settings(RouterConfig.defaults()))
                .allSatisfy(key -> assertThat(
                                file.at("/" + key.replace('.', '/')).isMissingNode())
                        .as(key)
                        .isFalse());
    }

    @Test
    void saysOfEverySettingWhatItIs() {
        assertThat(SHIPPED.lines().filter(line -> line.matches(" +[a-z0-9-]+:.*")))
                .hasSize(ConfigLoader.settings(RouterConfig.defaults()).size())
                .allMatch(line -> line.contains("# "));
    }

    @Test
    void theDefaultsAreThese() {
        assertThat(ConfigLoader.describe(RouterConfig.defaults()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("http.host", "127.0.0.1"),
                        Map.entry("http.port", "8000"),
                        Map.entry("http.max-body-bytes", "10485760"),
                        Map.entry("http.max-admin-body-bytes", "1048576"),
                        Map.entry("http.max-header-bytes", "16384"),
                        Map.entry("http.max-connections", "10000"),
                        Map.entry("http.stream-over", "1048576"),
                        Map.entry("http.max-stream-bytes", "1073741824"),
                        Map.entry("http.max-unread-bytes", "262144"),
                        Map.entry("http.max-streams", "1000"),
                        Map.entry("http.idle-timeout", "60s"),
                        Map.entry("http.head-timeout", "10s"),
                        Map.entry("http.body-timeout", "30s"),
                        Map.entry("http.drain-delay", "5s"),
                        Map.entry("http.drain", "30s"),
                        Map.entry("http.writes-from", "127.0.0.0/8,::1/128"),
                        Map.entry("http.names", ""),
                        Map.entry("http.token", ""),
                        Map.entry("http.access-log", "false"),
                        Map.entry("http.event-loops", "auto"),
                        Map.entry("redis.address", ""),
                        Map.entry("redis.data", "data"),
                        Map.entry("redis.key-prefix", "foretell"),
                        Map.entry("redis.server", ""),
                        Map.entry("redis.timeout", "1s"),
                        Map.entry("routing.unknown-model", "single"),
                        Map.entry("routing.max-entries", "20000"),
                        Map.entry("lease.remove-after", "600s"),
                        Map.entry("models.folder", ""),
                        Map.entry("models.max-bytes", "1073741824"),
                        Map.entry("models.replicas", "2"),
                        Map.entry("models.type", "AI"),
                        Map.entry("training.allow-source", "false"),
                        Map.entry("training.spark-home", ""),
                        Map.entry("training.spark-masters", ""),
                        Map.entry("tasks.trainer", "true"),
                        Map.entry("tasks.folder", ""),
                        Map.entry("tasks.data-folder", ""),
                        Map.entry("tasks.max-data-bytes", "1073741824"),
                        Map.entry("tasks.max-queued", "10000"),
                        Map.entry("tasks.keep", "604800s"),
                        Map.entry("tasks.max-kept", "10000"),
                        Map.entry("tasks.lease", "10s"),
                        Map.entry("tasks.attempts", "5"),
                        Map.entry("tasks.time", "600s"),
                        Map.entry("tasks.max-time", "86400s"),
                        Map.entry("tasks.memory-mb", "512"),
                        Map.entry("tasks.max-memory-mb", "16384"),
                        Map.entry("tasks.log-lines", "2000"),
                        Map.entry("balance.policy", "p2c"),
                        Map.entry("balance.models", ""),
                        Map.entry("balance.slow-start", "30s"),
                        Map.entry("health.kind", "http"),
                        Map.entry("health.interval", "2s"),
                        Map.entry("health.timeout", "1s"),
                        Map.entry("health.failures", "3"),
                        Map.entry("health.remind-every", "3600s"),
                        Map.entry("admission.max-in-flight", "10000"),
                        Map.entry("admission.limit", "none"),
                        Map.entry("admission.max-concurrent", "200"),
                        Map.entry("admission.queue", "2.0"),
                        Map.entry("admission.max-wait", "1s"),
                        Map.entry("admission.models", ""),
                        Map.entry("deadline.by-default", "10s"),
                        Map.entry("deadline.longest", "300s"),
                        Map.entry("deadline.stream-silence", "30s"),
                        Map.entry("retry.attempts", "3"),
                        Map.entry("retry.budget", "0.2"),
                        Map.entry("retry.budget-min", "3"),
                        Map.entry("retry.backoff", "25ms"),
                        Map.entry("retry.max-backoff", "250ms"),
                        Map.entry("retry.hedge-models", ""),
                        Map.entry("retry.hedge-share", "0.05"),
                        Map.entry("batch.models", ""),
                        Map.entry("batch.window", "2ms"),
                        Map.entry("batch.target-p99", ""),
                        Map.entry("cache.models", ""),
                        Map.entry("fallback.models", ""),
                        Map.entry("breaker.window", "10s"),
                        Map.entry("breaker.min-calls", "20"),
                        Map.entry("breaker.failure-rate", "0.5"),
                        Map.entry("breaker.ejection", "5s"),
                        Map.entry("breaker.max-ejection", "300s"),
                        Map.entry("breaker.max-ejected", "0.5"),
                        Map.entry("breaker.trial-limit", "10s"),
                        Map.entry("breaker.panic", "0.5"),
                        Map.entry("warm-up.samples", ""),
                        Map.entry("warm-up.calls", "20"),
                        Map.entry("warm-up.timeout", "10s"),
                        Map.entry("upstream.connect-timeout", "1s"),
                        Map.entry("upstream.max-connections", "256"),
                        Map.entry("upstream.max-waiting", "1024"),
                        Map.entry("upstream.keep-alive", "30s"),
                        Map.entry("upstream.max-answer-bytes", "16777216"),
                        Map.entry("upstream.stream-over", "1048576"),
                        Map.entry("upstream.authorization", ""),
                        Map.entry("tracing.endpoint", ""),
                        Map.entry("tracing.sample", "0.01"),
                        Map.entry("tracing.queue", "2048"),
                        Map.entry("discovery.announce", "true")));
    }
}
