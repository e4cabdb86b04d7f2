package dev.foretell.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageRunTest {
    @TempDir
    Path folder;

    private void run(String text) throws Exception {
        try (PageRun run = new PageRun(folder)) {
            run.run(page(text));
        }
    }

    private static Page page(String text) {
        return Page.of("docs/page.md", text.lines().toList());
    }

    @Test
    void variablesAndTheFolderLastFromBlockToBlock() throws Exception {
        run("""
                # A page
                ```
                words='two
                lines'
                mkdir here
                cd here
                ```
                Some prose.
                ```
                echo "$words" > file.txt
                cat file.txt
                two
                lines
                ```
                """);

        assertThat(folder.resolve("here/file.txt")).hasContent("two\nlines");
    }

    @Test
    void dotsStandForAnyText() throws Exception {
        run("""
                ```
                printf 'a: 1.53 s\\nb\\nc\\nend\\n'
                a: … s
                …
                end
                ```
                """);
    }

    @Test
    void anotherOutputFailsWithPageAndLine() {
        assertThatThrownBy(() -> run("""
                Some prose.

                ```
                echo one
                one
                echo two # and a comment
                three
                ```
                """))
                .hasMessageContainingAll("docs/page.md:6", "echo two", "something else", "two");
    }

    @Test
    void aFailedCommandFailsWithPageAndLine() {
        assertThatThrownBy(() -> run("""
                ```
                cat nothing.txt
                ```
                """)).hasMessageContainingAll("docs/page.md:2", "exit code 1", "nothing.txt");
    }

    @Test
    void aRefusalThatDoesNotComeFails() {
        assertThatThrownBy(() -> run("""
                ```
                echo fine # 409 as it is taken
                ```
                """)).hasMessageContainingAll("docs/page.md:2", "is not refused");
    }

    @Test
    void blocksThatAreMarkedOrHaveALanguageAreNotRun() throws Exception {
        run("""
                <!-- not run: it would fail -->

                ```
                cat nothing.txt
                ```
                ```yaml
                http: {}
                ```
                <!-- run first
                echo seen > first.txt
                -->
                """);

        assertThat(Files.readString(folder.resolve("first.txt"))).isEqualTo("seen\n");
    }

    @Test
    void aBlockThatIsNeitherCommandsNorMarkedFails() {
        assertThatThrownBy(() -> run("""
                ```
                frobnicate
                ```
                """)).hasMessageContainingAll("docs/page.md:2", "must begin with a command");
    }

    @Test
    void theOutputOfAServerIsNotPassedOver() {
        assertThatThrownBy(() -> run("""
                ```
                ./foretell router
                frobnicate
                ```
                """)).hasMessageContainingAll("docs/page.md:2", "cannot show its output");
    }

    @Test
    void aFenceWithoutAnEndFails() {
        assertThatThrownBy(() -> page("```\necho")).hasMessageContaining("docs/page.md:1");
    }
}
