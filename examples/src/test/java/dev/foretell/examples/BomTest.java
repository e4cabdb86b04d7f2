package dev.foretell.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The versions that programs with a worker in them get, and those that its example sets, are those that it is built with. */
class BomTest {
    @Test
    void versionsAreThoseOfTheBuild() throws IOException {
        String build = Files.readString(Path.of("..", "pom.xml"));
        String bom = Files.readString(Path.of("..", "commons", "bom", "pom.xml"));
        String springBoot = Files.readString(Path.of("spring-boot", "pom.xml"));

        for (String property : List.of("vertx.version", "netty.version", "jackson.version", "opentelemetry.version")) {
            assertThat(property(bom, property)).as(property).isEqualTo(property(build, property));
        }
        assertThat(property(springBoot, "netty.version")).isEqualTo(property(build, "netty.version"));
        assertThat(property(springBoot, "opentelemetry.version")).isEqualTo(property(build, "opentelemetry.version"));
        assertThat(property(springBoot, "jackson-bom.version")).isEqualTo(property(build, "jackson.version"));
        assertThat(Stream.of(bom, springBoot)).allMatch(pom -> pom.contains(property(build, "version")));
    }

    private static String property(String pom, String name) {
        Matcher value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(value.find()).as(name).isTrue();
        return value.group(1);
    }
}
