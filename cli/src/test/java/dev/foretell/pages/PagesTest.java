package dev.foretell.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader who types the commands of README and docs, in order, sees what the pages show. A build runs two pages, which takes a
 * minute; {@code -Dforetell.page=others} runs the others, as each change must pass once, and {@code -Dforetell.page=docs/models.md}
 * or {@code -Dforetell.page=docs/} those whose names begin so.
 */
class PagesTest {
    private static final Set<String> IN_EVERY_BUILD = Set.of("README.md", "docs/tutorial.md");
    private static final String OTHERS = "others";

    /** Blocks of commands that are marked with why nothing runs them. Lower it with each one that runs. */
    private static final Map<String, Long> NOT_RUN = Map.ofEntries(
            Map.entry("README.md", 4L),
            Map.entry("bench/README.md", 4L),
            Map.entry("docs/CONTRIBUTING.md", 1L),
            Map.entry("docs/embedding.md", 2L),
            Map.entry("docs/models.md", 1L),
            Map.entry("docs/operations.md", 3L),
            Map.entry("docs/reliability.md", 1L),
            Map.entry("docs/spark.md", 1L),
            Map.entry("docs/tasks.md", 1L),
            Map.entry("examples/README.md", 3L));

    @TempDir
    static Path folder;

    private static Path models = Path.of("");

    @BeforeAll
    static void buildModels() throws IOException {
        models = PageFolder.models(folder.resolve("models"));
    }

    @TestFactory
    Stream<DynamicTest> eachPageRuns() {
        return Pages.all().stream()
                .filter(PagesTest::isWanted)
                .filter(page -> !page.steps().isEmpty())
                .map(page -> dynamicTest(page.name(), () -> run(page)));
    }

    private static boolean isWanted(Page page) {
        String wanted = System.getProperty("foretell.page");
        boolean isInEveryBuild = IN_EVERY_BUILD.contains(page.name());
        if (wanted == null) {
            return isInEveryBuild;
        }
        return wanted.equals(OTHERS) ? !isInEveryBuild : page.name().startsWith(wanted);
    }

    private static void run(Page page) throws Exception {
        Path own = Files.createDirectories(folder.resolve(page.name().replace('/', '-')));
        PageFolder.fill(models, own);
        try (PageRun run = new PageRun(own)) {
            run.run(page);
        }
    }

    @Test
    void whatIsNotRunIsCounted() {
        Map<String, Long> notRun = new TreeMap<>();
        Pages.all()
                .forEach(page -> page.blocks().stream()
                        .filter(block -> block.hasCommands() && !block.isRun())
                        .forEach(block -> notRun.merge(page.name(), 1L, Long::sum)));

        assertThat(notRun).isEqualTo(NOT_RUN);
    }

    @Test
    void eachPageCanBeReadAsCommands() {
        assertThat(Pages.all()).allSatisfy(page -> assertThat(page.steps()).doesNotContainNull());
    }

    @Test
    void commandsDoNotHideAsText() {
        assertThat(Pages.all())
                .allSatisfy(page -> assertThat(page.blocks())
                        .filteredOn(block -> !block.hasCommands())
                        .as(page.name())
                        .noneMatch(block -> block.lines().stream().anyMatch(Step::isCommand)));
        assertThat(Pages.all())
                .allSatisfy(page -> assertThat(page.indented())
                        .as(page.name() + ": a block of commands has a fence")
                        .noneMatch(Step::isCommand));
    }
}
