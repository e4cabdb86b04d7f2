package dev.foretell.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.foretell.examples.models.ExampleModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader who types the commands of README and docs, in order, sees what the pages show. A build runs two pages, which takes a
 * minute; {@code -Dforetell.page=docs/models.md} runs another one, and {@code -Dforetell.page=docs/} all of that folder.
 */
class PagesTest {
    private static final Set<String> IN_EVERY_BUILD = Set.of("README.md", "docs/tutorial.md");

    /** Blocks of commands that a build does not run. Lower it with each one that it does. */
    private static final int NOT_RUN = 43;

    @TempDir
    static Path folder;

    @BeforeAll
    static void buildModels() throws IOException {
        ExampleModels.write(folder.resolve("models"));
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
        return wanted == null
                ? IN_EVERY_BUILD.contains(page.name())
                : page.name().startsWith(wanted);
    }

    private static void run(Page page) throws Exception {
        Path own = Files.createDirectories(folder.resolve(page.name().replace('/', '-')));
        PageFolder.fill(Pages.ROOT, folder.resolve("models"), own);
        try (PageRun run = new PageRun(own)) {
            run.run(page);
        }
    }

    @Test
    void whatIsNotRunBecomesLess() {
        List<String> notRun = Pages.all().stream()
                .flatMap(page -> page.blocks().stream()
                        .filter(Block::hasCommands)
                        .filter(block -> !block.isRun() || !IN_EVERY_BUILD.contains(page.name()))
                        .map(block -> page.name() + ":" + block.line() + ": "
                                + block.notRun().orElse("on demand")))
                .toList();

        assertThat(notRun).hasSize(NOT_RUN);
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
    }
}
