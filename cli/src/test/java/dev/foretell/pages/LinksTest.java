package dev.foretell.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A link of a page leads to a file of this checkout, and to a heading of it. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(broken(Pages.files())).isEmpty();
    }

    @Test
    void aLinkToNothingIsFound() {
        Path readme = Pages.ROOT.resolve("README.md");

        assertThat(isBroken(readme, "docs/nothing.md")).isTrue();
        assertThat(isBroken(readme, "docs/models.md#nothing")).isTrue();
        assertThat(isBroken(readme, "docs/models.md#versions-and-traffic")).isFalse();
    }

    private static List<String> broken(List<Path> files) {
        return files.stream()
                .flatMap(file -> links(file)
                        .filter(link -> isBroken(file, link))
                        .map(link -> Pages.ROOT.relativize(file) + ": " + link))
                .toList();
    }

    private static Stream<String> links(Path file) {
        return LINK.matcher(FENCED.matcher(Pages.text(file)).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"));
    }

    private static boolean isBroken(Path from, String link) {
        String[] parts = link.split("#", 2);
        Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        return !Files.exists(to) || (parts.length > 1 && !anchors(to).contains(parts[1]));
    }

    private static List<String> anchors(Path page) {
        return HEADING.matcher(FENCED.matcher(Pages.text(page)).replaceAll(""))
                .results()
                .map(heading -> anchor(heading.group(1)))
                .toList();
    }

    /** A heading's anchor, as GitHub makes it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
