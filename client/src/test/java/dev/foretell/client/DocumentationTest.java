package dev.foretell.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example in Java of the client's page, compiled and run against a real router; it prints what the page says. */
class DocumentationTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PRINTS = Pattern.compile("// prints (.*)");
    private static final String FRAME = """
            import com.fasterxml.jackson.core.type.TypeReference;
            import dev.foretell.client.*;
            import dev.foretell.client.failure.*;
            import dev.foretell.client.model.*;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.stream.Stream;

            public class Example {
                public static void main(String[] arguments) throws Exception {
            %s
                }
            }
            """;

    @TempDir
    static Path folder;

    private static LiveRouter router;
    private static RunningWorker worker;

    /** What the worker of the page serves. */
    static final class Served {
        private Served() {}

        static long fib(int n) {
            long last = 1;
            long next = 1;
            for (int i = 1; i < n; i++) {
                long sum = last + next;
                last = next;
                next = sum;
            }
            return next;
        }

        static Map<String, Object> score(int age, double income) {
            return Map.of("value", income / 1000, "grade", age < 18 ? "B" : "A");
        }

        static List<Double> means(List<List<Double>> rows) {
            return rows.stream()
                    .map(row -> row.stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElse(0))
                    .toList();
        }

        static Stream<Map<String, Double>> forecast(double[] series) {
            return Stream.iterate(1, step -> step + 1)
                    .map(step -> Map.of("step", (double) step, "value", series[series.length - 1] + step));
        }
    }

    @BeforeAll
    static void start() {
        router = LiveRouter.start();
        worker = router.serve(
                Worker.of("fib", Served::fib)
                        .and("score", Served::score)
                        .and("means", Served::means)
                        .and("forecast", Served::forecast),
                "AI");
    }

    @AfterAll
    static void stop() {
        worker.close();
        router.close();
    }

    static List<String> examples() throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/client.md")))
                .results()
                .map(example -> example.group(1))
                .toList();
        assertThat(examples).hasSizeGreaterThan(4);
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itRunsAndPrintsWhatThePageSays(String example) throws Exception {
        String printed = run(example.replace("http://localhost:8000", router.url()));

        List<String> expected =
                PRINTS.matcher(example).results().map(match -> match.group(1)).toList();
        assertThat(expected).isNotEmpty();
        assertThat(printed.lines().toList()).containsAll(expected);
    }

    private static String run(String example) throws Exception {
        Path source = Files.writeString(folder.resolve("Example.java"), FRAME.formatted(example));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        boolean isCompiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)
                                .getJavaFileObjects(source))
                .call();
        assertThat(isCompiled).as(complaints.toString()).isTrue();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, DocumentationTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            assertThatCode(() -> classes.loadClass("Example")
                            .getMethod("main", String[].class)
                            .invoke(null, (Object) new String[0]))
                    .doesNotThrowAnyException();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
