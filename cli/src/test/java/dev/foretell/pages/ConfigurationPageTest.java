package dev.foretell.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.RouterConfig;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.onnx.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is generated: {@code -Dforetell.write-pages=true} writes it. */
class ConfigurationPageTest {
    private static final Path PAGE = Pages.ROOT.resolve("docs/configuration.md");
    private static final String INTRODUCTION = """
            # Configuration

            Every setting of a router, a worker and a model host, with its default. A test writes this page from the records that hold the settings; change it
            there. [README](../README.md#configuration) names the most useful ones.

            - **Where**: a flag (`--set http.port=8001`) overrides the environment (`FORETELL_HTTP_PORT=8001`), which overrides the file (`-c FILE`), which
              overrides the default. The files [router.yaml](../conf/router.yaml), [worker.yaml](../conf/worker.yaml) and [host.yaml](../conf/host.yaml) list the
              same settings as YAML.
            - **Values**: durations are `500ms`, `10s`, `5m`, `1h`. `${ENV:NAME}` in a value stands for that environment variable. An unknown setting or a value out of
              range is an error, and all errors are reported together.
            - **While it runs**: SIGHUP or `POST /v1/config/reload` makes a router read its file again; the response lists the settings that need a restart.
            """;
    private static final String OF_WORKERS = """
            A host is a worker: it has the settings of a [worker](#worker), except those at the top. These differ, or are its own.
            """;

    @Test
    void thePageIsThatOfTheRecords() throws IOException {
        String worker = ConfigurationPage.tables(WorkerConfig.defaults(), conf("worker.yaml"));
        String page = INTRODUCTION
                + "\n## Router\n" + ConfigurationPage.tables(RouterConfig.defaults(), conf("router.yaml"))
                + "\n## Worker\n" + worker
                + "\n## Model host\n\n" + OF_WORKERS
                + ConfigurationPage.tables(HostConfig.defaults(), conf("host.yaml"), worker);

        if (Boolean.getBoolean("foretell.write-pages")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    private static List<String> conf(String name) throws IOException {
        return Files.readAllLines(Pages.ROOT.resolve("conf").resolve(name));
    }

    @Test
    void everySettingHasARow() throws IOException {
        String router = ConfigurationPage.tables(RouterConfig.defaults(), conf("router.yaml"));

        assertThat(ConfigLoader.settings(RouterConfig.defaults()))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(router).contains("| `" + key + "` |"));
    }
}
