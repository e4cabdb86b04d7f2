package dev.foretell.router.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history over a restart, and files that are not a history. */
class HistoryFileTest {
    private static final long NOON = 1_764_417_600;
    private static final Durations DURATIONS = new Durations(new double[] {1, 10, 100});

    @TempDir
    private Path folder;

    private static History filled() {
        History history = new History(DURATIONS);
        for (int i = 0; i < 3600; i++) {
            Figures figures = new Figures(i % 7, 1, 0, i % 3, new int[] {0, i % 7, 0, 0});
            history.record(NOON + i, figures, Map.of("AI/fib", figures, "AI/iris", figures));
        }
        return history;
    }

    private HistoryFile file() {
        return new HistoryFile(folder.resolve("data/history.bin"));
    }

    @Test
    void allIsThereAfterARestart() throws IOException {
        History before = filled();
        file().save(before);

        History after = new History(DURATIONS);
        file().load(after);

        for (Span span : Span.values()) {
            assertThat(after.view(span, "AI/iris", NOON + 3599)).isEqualTo(before.view(span, "AI/iris", NOON + 3599));
            assertThat(after.view(span, null, NOON + 3599)).isEqualTo(before.view(span, null, NOON + 3599));
        }
        assertThat(after.size()).isEqualTo(2);
        try (var files = Files.list(folder.resolve("data"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void theTimeBetweenIsAGap() throws IOException {
        file().save(filled());
        History after = new History(DURATIONS);
        file().load(after);

        Figures one = new Figures(1, 0, 0, 0, new int[4]);
        after.record(NOON + 3620, one, Map.of("AI/fib", one));

        var line = after.view(Span.MINUTE, "AI/fib", NOON + 3620).series().calls();
        assertThat(line.stream().filter(Objects::isNull)).hasSize(20);
        assertThat(line.get(59)).isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.99})
    void aTornFileIsIgnored(double share) throws IOException {
        file().save(filled());
        byte[] whole = Files.readAllBytes(file().path());
        Files.write(file().path(), Arrays.copyOf(whole, (int) (whole.length * share)));

        isIgnored();
    }

    @Test
    void aByteThatFlippedIsNoticed() throws IOException {
        file().save(filled());
        byte[] whole = Files.readAllBytes(file().path());
        for (int at = 20; at < whole.length; at += whole.length / 20) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file().path(), damaged);

            isIgnored();
        }
    }

    @Test
    void aForeignFileIsIgnored() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.write(file().path(), "someone's notes".repeat(1000).getBytes(StandardCharsets.UTF_8));

        isIgnored();
    }

    @Test
    void aFileWithOtherBucketsIsIgnored() throws IOException {
        History other = new History(new Durations(new double[] {1}));
        other.record(NOON, Figures.idle(0, 2), Map.of());
        file().save(other);

        isIgnored();
    }

    private void isIgnored() {
        History after = new History(DURATIONS);
        file().load(after);

        assertThat(after.size()).isZero();
        assertThat(after.view(Span.DAY, null, NOON + 3599).series().calls()).containsOnlyNulls();
    }
}
