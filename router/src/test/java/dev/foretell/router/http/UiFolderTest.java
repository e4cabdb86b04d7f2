package dev.foretell.router.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The files of the dashboard: how long they are together, where they come from, and what they must not hold. */
class UiFolderTest {
    private static final Path UI = Path.of("src/main/resources/ui");
    private static final int MOST_BYTES = 60_000;
    private static final int MOST_LINES = 250;
    private static final Pattern ROW = Pattern.compile("\\| `(\\S+)` .* \\| `([0-9a-f]{64})` \\|");

    private static List<Path> files(String names) {
        try (Stream<Path> all = Files.walk(UI)) {
            return all.filter(file -> file.getFileName().toString().matches(names))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int zipped(Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }

    @Test
    void allThatTheDashboardLoadsIsShort() {
        Map<Path, Integer> sizes = files(".*\\.(html|css|js|svg)").stream()
                .filter(file -> !file.endsWith("reference.css")) // that of /docs, which loads nothing else
                .collect(Collectors.toMap(file -> file, UiFolderTest::zipped, Integer::sum, TreeMap::new));

        assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum())
                .as(sizes.toString())
                .isBetween(20_000, MOST_BYTES);
    }

    @Test
    void theFilesOfOthersAreThoseOfTheTable() throws Exception {
        Matcher rows = ROW.matcher(text(UI.resolve("vendor/VENDORED.md")));
        Map<String, String> digests = new TreeMap<>();
        while (rows.find()) {
            digests.put(rows.group(1), rows.group(2));
        }

        Map<String, String> found = new TreeMap<>();
        for (Path file : files(".*\\.(js|css|LICENSE)")) {
            if (file.getParent().endsWith("vendor")) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                found.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
            }
        }
        assertThat(found).isEqualTo(digests).hasSize(5);
    }

    @Test
    void ourModulesAreShortHaveACaptionAndTakeNoMarkupFromOutside() {
        List<Path> modules = files(".*\\.js").stream()
                .filter(file -> file.getParent().endsWith("js"))
                .toList();

        assertThat(modules).hasSizeGreaterThan(20).allSatisfy(module -> {
            String code = text(module);
            assertThat(code).startsWith("/**").endsWith("\n");
            assertThat(code.lines().count()).isLessThan(MOST_LINES);
            assertThat(code)
                    .doesNotContain(
                            "innerHTML",
                            "outerHTML",
                            "insertAdjacentHTML",
                            "document.write",
                            "eval(",
                            "new Function",
                            "localStorage");
            assertThat(code).doesNotContainPattern("https?://(?!www\\.w3\\.org)");
        });
    }

    @Test
    void thePageHoldsNoScriptAndNoStyleOfItsOwn() {
        String page = text(UI.resolve("index.html"));

        assertThat(page)
                .doesNotContain("<style", "style=", "onclick", "onload", "//")
                .contains("<noscript>");
        assertThat(Pattern.compile("<script(?![^>]* src=)").matcher(page).find())
                .isFalse();
    }
}
