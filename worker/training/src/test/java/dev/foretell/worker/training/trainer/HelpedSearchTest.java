package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Help with a search whose router and whose process the test plays. */
class HelpedSearchTest {
    private static final long PATIENCE = 60;
    private static final byte[] TABLE = "x,y\n1,2\n".getBytes(StandardCharsets.UTF_8);
    private static final String TRIAL = "{\"trial\":7,\"token\":3,\"work\":{}}";

    @TempDir
    private Path folder = Path.of("");

    private final PlayedRouter router = router();
    private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    private final AtomicInteger places = new AtomicInteger(1);

    private static PlayedRouter router() {
        try {
            return new PlayedRouter(TABLE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        router.close();
    }

    private static String search(String trials) {
        return """
                {"id":"t","fence":5,"lease_ms":10000,"parameters":{},"data":{"digest":"%s","bytes":8},\
                "limits":{"memory_mb":64},"trials":[%s]}""".formatted(PlayedRouter.digest(TABLE), trials);
    }

    /** @param script in the place of Java */
    private CompletableFuture<Boolean> help(String script) throws IOException {
        Path file = folder.resolve("script");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        TrainerConfig config = new TrainerConfig(
                List.of(router.url()), "", "helper", 1, folder.resolve("work"), List.of(file.toString()));
        Claim search = new Claim(Json.readTree(search(TRIAL).getBytes(StandardCharsets.UTF_8)));
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new HelpedSearch(config, new RouterCalls(config.routers(), ""), search, places::get)
                                .run();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                place -> new Thread(place, "place").start()); // the HTTP client needs the common pool
    }

    private String hear(JsonNode report, String trials) {
        reports.add(report);
        return search(trials);
    }

    private static boolean get(CompletableFuture<Boolean> help) throws Exception {
        return help.get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    void theOutcomeIsToldWithItsTokenAndTheProcessEndsWithTheSearch() throws Exception {
        router.answerToTrials(report -> {
            reports.add(report);
            return report.path("ended").isEmpty() ? search(TRIAL) : "{}";
        });
        CompletableFuture<Boolean> help = help("""
                head -n 1 > heard
                echo 'foretell:trial {"scores":[0.5],"trial":7,"token":3}'
                sleep 1000""");

        assertThat(get(help)).isTrue();
        JsonNode last = reports.get(reports.size() - 1);
        assertThat(last.path("task").asText()).isEqualTo("t");
        assertThat(last.path("fence").asInt()).isEqualTo(5);
        assertThat(last.path("working")).isEmpty();
        assertThat(last.path("ended").toString()).isEqualTo("[{\"scores\":[0.5],\"trial\":7,\"token\":3}]");
        assertThat(reports.get(0).path("working").toString()).isEqualTo("[{\"trial\":7,\"token\":3}]");
        try (Stream<Path> left = Files.list(folder.resolve("work"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aProcessThatEndsByItselfIsNoHelpAndItsTrialIsGivenBack() throws Exception {
        router.answerToTrials(report -> hear(report, TRIAL));

        assertThat(get(help("exit 3"))).isFalse();
        JsonNode last = reports.get(reports.size() - 1);
        assertThat(last.path("places").asInt()).isZero();
        assertThat(last.path("working")).isEmpty();
    }

    /** As on a full disk. */
    @Test
    void aHelperThatHasNoRoomForTheTableGivesItsTrialBackAtOnce() throws Exception {
        router.answerToTrials(report -> hear(report, TRIAL));
        Files.createFile(folder.resolve("work"));
        CompletableFuture<Boolean> help = help("sleep 1000");

        assertThat(help.handle((done, failure) -> failure).get(PATIENCE, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).path("places").asInt()).isZero();
        assertThat(reports.get(0).path("working")).isEmpty();
    }

    @Test
    void aTaskThatTakesTheLastPlaceEndsTheHelp() throws Exception {
        router.answerToTrials(report -> hear(report, TRIAL));
        CompletableFuture<Boolean> help = help("sleep 1000");
        Awaitility.await().until(() -> !reports.isEmpty());
        places.set(0);

        assertThat(get(help)).isTrue();
        assertThat(reports.get(reports.size() - 1).path("places").asInt()).isZero();
    }
}
