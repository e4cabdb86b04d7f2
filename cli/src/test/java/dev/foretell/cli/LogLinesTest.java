package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

/** What comes from outside forges no line of a log, and moves no cursor. */
class LogLinesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"logback-console-text.xml, console", "logback-files-text.xml, info", "logback-files-text.xml, error"})
    void oneEventIsOneLine(String file, String appender) throws Exception {
        LoggerContext context = configured(file);
        LoggingEvent event = new LoggingEvent(
                "test",
                context.getLogger("dev.foretell.Test"),
                Level.WARN,
                "no algorithm 'x\n16:00:00.000 ERROR gone\r\n\u001b[2J\u0000'",
                null,
                null);
        String line = new String(encoder(context, appender).encode(event), StandardCharsets.UTF_8);
        context.stop();
        assertThat(line).endsWith(" no algorithm 'x?16:00:00.000 ERROR gone???[2J?'" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({"logback-console-text.xml, console", "logback-files-text.xml, info", "logback-files-text.xml, error"})
    void theMessageOfAnExceptionForgesNoLine(String file, String appender) throws Exception {
        LoggerContext context = configured(file);
        LoggingEvent event = new LoggingEvent(
                "test",
                context.getLogger("dev.foretell.Test"),
                Level.WARN,
                "/fib failed",
                new IllegalStateException(
                        "a\n16:00:00.000 ERROR gone\r\n\u001b[2J", new IllegalArgumentException("b\nc")),
                null);
        String lines = new String(encoder(context, appender).encode(event), StandardCharsets.UTF_8);
        context.stop();

        assertThat(lines)
                .contains("/fib failed" + System.lineSeparator() + "java.lang.IllegalStateException: a\n  16:00:00.000")
                .contains("ERROR gone?\n  ?[2J\n\tat dev.foretell.")
                .contains("\nCaused by: java.lang.IllegalArgumentException: b\n  c\n\t")
                .endsWith("\n")
                .doesNotContain("\n\n", "\u001b");
    }

    @ParameterizedTest
    @CsvSource({"logback-console-json.xml, console", "logback-files-json.xml, info", "logback-files-json.xml, error"})
    void oneEventIsOneJsonObject(String file, String appender) throws Exception {
        LoggerContext context = configured(file);
        LoggingEvent event = new LoggingEvent(
                "test",
                context.getLogger("dev.foretell.Test"),
                Level.WARN,
                "{} failed\n",
                new IllegalStateException("broken"),
                new Object[] {"/fib\""});
        event.addKeyValuePair(new KeyValuePair("requestId", "mine"));
        String line = new String(encoder(context, appender).encode(event), StandardCharsets.UTF_8);
        context.stop();

        assertThat(line.lines()).hasSize(1);
        JsonNode json = Json.readTree(line.getBytes(StandardCharsets.UTF_8));
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("loggerName").asText()).isEqualTo("dev.foretell.Test");
        assertThat(json.path("formattedMessage").asText()).isEqualTo("/fib\" failed\n");
        assertThat(json.path("kvpList").path(0).path("requestId").asText()).isEqualTo("mine");
        assertThat(json.path("throwable").path("message").asText()).isEqualTo("broken");
        assertThat(json.path("timestamp").asLong()).isPositive();
    }

    private LoggerContext configured(String file) throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty("FORETELL_LOGS", folder.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(wrapped(file));
        return context;
    }

    /** The shipped files are parts of a configuration. */
    private URL wrapped(String file) throws Exception {
        Path whole = folder.resolve("logback.xml");
        Files.writeString(
                whole, """
                <configuration><include file="%s"/></configuration>
                """.formatted(Path.of("..", "conf", "logging", file).toAbsolutePath()));
        return whole.toUri().toURL();
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, String appender) {
        OutputStreamAppender<ILoggingEvent> found =
                (OutputStreamAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender(appender);
        return found.getEncoder();
    }
}
