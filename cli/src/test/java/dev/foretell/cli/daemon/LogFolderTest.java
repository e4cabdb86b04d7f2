package dev.foretell.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LogFolderTest {
    private static final Path USUAL = Path.of("data");

    @Test
    void routersOfOneCheckoutHaveFoldersOfTheirOwn() {
        assertThat(LogFolder.of(Path.of("data"), USUAL)).isEqualTo(Path.of("logs"));
        assertThat(LogFolder.of(Path.of("./data").toAbsolutePath(), USUAL)).isEqualTo(Path.of("logs"));
        assertThat(LogFolder.of(Path.of("data2"), USUAL)).isEqualTo(Path.of("logs/data2"));
        assertThat(LogFolder.of(Path.of("/var/lib/foretell/"), USUAL)).isEqualTo(Path.of("logs/foretell"));
        assertThat(LogFolder.of(Path.of("/elsewhere/data"), USUAL)).isEqualTo(Path.of("logs/data"));
    }
}
