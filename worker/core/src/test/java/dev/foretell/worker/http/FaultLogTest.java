package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a worker's log has of functions that fail, however often they do. */
class FaultLogTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(FaultLog.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final FaultLog faults = new FaultLog();

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stop() {
        LOGGER.detachAppender(log);
        LOGGER.setLevel(null);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Exception thrownHere(String words) {
        return new IllegalStateException(words);
    }

    private static Exception thrownThere() {
        return new IllegalStateException("another place");
    }

    private static Exception thrownByTheJdk(String text) {
        try {
            throw new IllegalStateException("no number: " + Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return e;
        }
    }

    @Test
    void theFirstHasItsStackAndAllThatFollowALineAMinute() {
        for (int i = 0; i < 1000; i++) {
            faults.tell("/fib failed", "id-" + i, thrownHere("words " + i));
        }

        assertThat(lines()).containsExactly("/fib failed (request id-0)");
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(log.list.get(0).getThrowableProxy().getMessage()).isEqualTo("words 0");

        faults.report();
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1))
                .matches("/fib failed with java.lang.IllegalStateException at .*FaultLogTest.thrownHere:[0-9]+"
                        + " 999 times more \\(the latest requests: id-990, .*, id-999\\)");
    }

    @Test
    void aFewAreNamedEach() {
        List.of("a", "b", "c").forEach(id -> faults.tell("/fib failed", id, thrownHere(id)));
        faults.report();
        faults.tell("/fib failed", "d", thrownHere("d"));
        faults.report();

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(1)).endsWith(" 2 times more (requests b, c)");
        assertThat(lines().get(2)).endsWith(" once more (request d)");
    }

    @Test
    void whatIsOtherwiseHasItsOwnStack() {
        faults.tell("/fib failed", "1", thrownHere("x"));
        faults.tell("/fib failed", "2", thrownThere());
        faults.tell("/mean failed", "3", thrownHere("x"));
        faults.tell("/fib failed", "4", new IllegalArgumentException("x"));
        faults.tell("/fib failed", "5", new CompletionException(thrownHere("y")));

        assertThat(lines()).hasSize(4).noneMatch(line -> line.contains("request 5"));
    }

    @Test
    void whereTheJdkRefusesItsCallerIsThePlace() {
        assertThat(Fault.of("/fib failed", thrownByTheJdk("x")).place()).contains("FaultLogTest.thrownByTheJdk:");
    }

    @Test
    void whatHasNotComeAgainForAMinuteIsToldWithItsStack() {
        faults.tell("/fib failed", "1", thrownHere("x"));
        faults.report();
        faults.tell("/fib failed", "2", thrownHere("x"));

        assertThat(lines()).containsExactly("/fib failed (request 1)", "/fib failed (request 2)");
    }

    @Test
    void nothingGrowsWithTheKindsOfFailures() {
        IntStream.range(0, 5000).forEach(i -> faults.tell("/f" + i + " failed", "id-" + i, thrownHere("x")));
        faults.report();

        assertThat(lines()).hasSize(102);
        assertThat(lines().get(101))
                .startsWith("functions failed with other exceptions at other places 4899 times more");
    }

    @Test
    void aFailureWithoutAStackIsOneOfItsKindToo() {
        Exception bare = new ArithmeticException();
        bare.setStackTrace(new StackTraceElement[0]);

        assertThat(Fault.of("/fib failed", bare))
                .hasToString("/fib failed with java.lang.ArithmeticException at an unknown place");
    }
}
