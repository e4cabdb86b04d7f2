package dev.foretell.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import io.netty.util.Version;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    @Test
    void thoseOfThisBuildAreTaken() {
        assertThatCode(Libraries::require).doesNotThrowAnyException();
    }

    @Test
    void anOlderNettyIsNamedWithThePropertiesThatMendIt(@TempDir Path folder) throws IOException {
        Path versions = Files.createDirectories(folder.resolve("META-INF")).resolve("io.netty.versions.properties");
        Files.writeString(
                versions,
                "netty-common.version=4.1.128.Final\n" + of("buildDate", "2025-10-14 00:00:00 +0000")
                        + of("commitDate", "2025-10-14 00:00:00 +0000") + of("shortCommitHash", "0")
                        + of("longCommitHash", "0")
                        + of("repoStatus", "clean"));

        try (URLClassLoader old = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            assertThatThrownBy(() -> Libraries.require(old))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Netty 4.2 is needed, and 4.1.128.Final is on the class path; where Spring Boot manages versions,"
                                    + " set the properties netty.version to "
                                    + Version.identify().get("netty-common").artifactVersion()
                                    + " and jackson-bom.version to " + PackageVersion.VERSION);
        }
    }

    private static String of(String property, String value) {
        return "netty-common." + property + "=" + value + "\n";
    }
}
