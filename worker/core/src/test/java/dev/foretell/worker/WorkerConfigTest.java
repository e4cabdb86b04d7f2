package dev.foretell.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {
    private static final Path SHIPPED = Path.of("../../conf/worker.yaml");

    @Test
    void hasTheseDefaults() {
        assertThat(ConfigLoader.describe(WorkerConfig.defaults()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("functions", ""),
                        Map.entry("classpath", ""),
                        Map.entry("http.host", "127.0.0.1"),
                        Map.entry("http.port", "9001"),
                        Map.entry("http.token", ""),
                        Map.entry("http.allow-origins", ""),
                        Map.entry("http.max-body-bytes", "10485760"),
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
                        Map.entry("registration.type", "AI"),
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
        WorkerConfig shipped = ConfigLoader.load(WorkerConfig.defaults(), text, Map.of(), Map.of());

        assertThat(shipped).isEqualTo(WorkerConfig.defaults());
        for (String key : ConfigLoader.settings(shipped)) {
            assertThat(text).contains("\n" + (key.contains(".") ? "  " : "") + key.replaceAll(".*\\.", "") + ":");
        }
    }

    @Test
    void reportsEveryMistakeAtOnce() {
        String text = "http:\n  port: 70000\nexecution:\n  call-timeout: 0s\nregistration:\n  router: localhost\n";

        assertThatThrownBy(() -> ConfigLoader.load(WorkerConfig.defaults(), text, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("port must be")
                .hasMessageContaining("call-timeout must be")
                .hasMessageContaining("router must be a URL");
    }
}
