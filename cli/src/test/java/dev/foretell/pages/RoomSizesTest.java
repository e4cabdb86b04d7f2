package dev.foretell.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A room that a reader can take in at one look: a package has at most 25 files. */
class RoomSizesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String MAIN = "src/main/java";
    private static final long MOST_FILES = 25;

    @Test
    void noRoomIsOverfull() throws IOException {
        Map<Path, Long> rooms;
        try (Stream<Path> files = Files.walk(ROOT, 20)) {
            rooms = files.filter(file ->
                            file.toString().contains(MAIN) && file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(file -> ROOT.relativize(file.getParent()), Collectors.counting()));
        }

        assertThat(rooms).hasSizeGreaterThan(100);
        assertThat(rooms).allSatisfy((room, files) -> assertThat(files).isLessThanOrEqualTo(MOST_FILES));
    }
}
