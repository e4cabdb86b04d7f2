package dev.foretell.worker.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostConfigTest {
    private static final Path SHIPPED = Path.of("../../conf/host.yaml");

    @Test
    void hasTheseDefaults() {
        assertThat(ConfigLoader.describe(HostConfig.defaults()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("shelf.memory", "512m"),
                        Map.entry("shelf.data", ""),
                        Map.entry("shelf.disk", "10g"),
                        Map.entry("shelf.loaders", "2"),
                        Map.entry("shelf.fetch-timeout", "600s"),
                        Map.entry("shelf.failure-memory", "3s"),
                        Map.entry("onnx.threads", "1"),
                        Map.entry("onnx.batch", "64"),
                        Map.entry("onnx.max-output-bytes", "33554432"),
                        Map.entry("onnx.run-memory", "1g"),
                        Map.entry("inspect.timeout", "60s"),
                        Map.entry("inspect.queue", "8"),
                        Map.entry("http.host", "127.0.0.1"),
                        Map.entry("http.port", "0"),
                        Map.entry("http.token", ""),
                        Map.entry("http.allow-origins", ""),
                        Map.entry("http.max-body-bytes", "33554432"),
                        Map.entry("http.body-timeout", "30s"),
                        Map.entry("http.max-unread-bytes", "262144"),
                        Map.entry("http.idle-timeout", "75s"),
                        Map.entry("http.head-timeout", "10s"),
                        Map.entry("http.event-loops", "auto"),
                        Map.entry("execution.threads", "0"),
                        Map.entry("execution.queue", "1024"),
                        Map.entry("execution.call-timeout", "300s"),
                        Map.entry("execution.stream-silence", "30s"),
                        Map.entry("execution.virtual-threads", "false"),
                        Map.entry("execution.inline-fast", "false"),
                        Map.entry("registration.router", ""),
                        Map.entry("registration.key", ""),
                        Map.entry("registration.type", "hosts"),
                        Map.entry("registration.model", ""),
                        Map.entry("registration.advertise", ""),
                        Map.entry("registration.local-worker-id", "0"),
                        Map.entry("registration.lease", "15s"),
                        Map.entry("registration.timeout", "3s"),
                        Map.entry("tracing.endpoint", ""),
                        Map.entry("tracing.sample", "0.01"),
                        Map.entry("tracing.queue", "2048"),
                        Map.entry("drain.settle", "500ms"),
                        Map.entry("drain.timeout", "30s")));
    }

    @Test
    void shipsAFileThatSaysTheSame() {
        String text = ConfigLoader.read(SHIPPED);
        HostConfig shipped = ConfigLoader.load(HostConfig.defaults(), text, Map.of(), Map.of());

        assertThat(shipped).isEqualTo(HostConfig.defaults());
        for (String key : ConfigLoader.settings(shipped)) {
            assertThat(text).contains("\n  " + key.replaceAll(".*\\.", "") + ":");
        }
    }

    @Test
    void reportsEveryMistakeAtOnce() {
        String text = "shelf:\n  memory: much\n  loaders: 0\nonnx:\n  threads: 0\ninspect:\n  timeout: 0s\n";

        assertThatThrownBy(() -> ConfigLoader.load(HostConfig.defaults(), text, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("memory must be a size like 512m")
                .hasMessageContaining("threads must be")
                .hasMessageContaining("timeout must be");
    }

    @Test
    void registersAsAHostOnly() {
        assertThatThrownBy(() ->
                        ConfigLoader.load(HostConfig.defaults(), "registration:\n  type: AI\n", Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("registration.type must be hosts");
    }
}
