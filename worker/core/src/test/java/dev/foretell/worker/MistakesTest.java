package dev.foretell.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.foretell.worker.function.Fn1;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs with a worker in them get wrong: one true sentence says what, and the way out. */
@NullUnmarked
class MistakesTest {
    private static final String ROUTER = "http://127.0.0.1:1";

    private static Worker fib() {
        return Worker.of("fib", Functions::predict);
    }

    static Stream<Arguments> mistakes() {
        Fn1<Integer, Integer> none = null;
        return Stream.of(
                mistake(() -> Worker.of(null, Functions::predict), "a function needs a name, such as fib"),
                mistake(() -> Worker.of(" ", Functions::predict), "a function needs a name, such as fib"),
                mistake(
                        () -> Worker.of("my fib", Functions::predict),
                        "function 'my fib' must be 1 to 128 letters (a to z), digits, dots, dashes or underscores"),
                mistake(() -> Worker.of("/fib", Functions::predict), "function '/fib' must be 1 to 128 letters"),
                mistake(() -> Worker.of("fib", none), "function 'fib' is null"),
                mistake(
                        () -> fib().and("fib", Functions::predict),
                        "this worker has a function named 'fib' already: give one of them another name"),
                mistake(
                        () -> Worker.of(List.of()).start(),
                        "a worker needs a function, as in Worker.of(\"fib\", Fib::predict)"),
                mistake(() -> fib().bind(null, 9001), "bind needs a host, such as 127.0.0.1"),
                mistake(() -> fib().bind("", 9001), "bind needs a host, such as 127.0.0.1"),
                mistake(() -> fib().bind("127.0.0.1", 70_000), "port must be between 0 and 65535, not 70000"),
                mistake(() -> fib().bind("127.0.0.1", -1), "port must be between 0 and 65535, not -1"),
                mistake(() -> fib().token(null), "the token is empty: leave token() out where callers need none"),
                mistake(() -> fib().token(""), "the token is empty: leave token() out where callers need none"),
                mistake(
                        () -> fib().token("XYZ").configured(WorkerConfig.defaults()),
                        "configured() sets everything anew, and what bind(), token() or another configured() has set"),
                mistake(
                        () -> fib().refusing(500, IllegalStateException.class),
                        "status 500 does not say that the caller is wrong"),
                mistake(() -> fib().refusing(422), "refusing needs exceptions, such as IllegalArgumentException.class"),
                mistake(
                        () -> fib().register("localhost:8000", "AI"),
                        "router must be a URL like http://localhost:8000, or several with commas between them, not"
                                + " 'localhost:8000'"),
                mistake(
                        () -> fib().register("", "AI"),
                        "register needs the URL of a router, such as http://localhost:8000"),
                mistake(() -> fib().register(List.of(), "AI"), "register needs the URL of a router"),
                mistake(() -> fib().register(ROUTER, null), "register needs a model type, such as AI"),
                mistake(() -> fib().register(ROUTER, "my type"), "type 'my type' must be 1 to 128 letters"),
                mistake(() -> fib().register(ROUTER, "AI", null), "the model's name is null: leave it out"),
                mistake(
                        () -> fib().and("other", Functions::predict).register(ROUTER, "AI", "one"),
                        "the worker cannot start: a model name can be given to one function only, not to [fib, other]"));
    }

    private static Arguments mistake(ThrowingCallable code, String sentence) {
        return arguments(sentence, code);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isOneSentenceWithTheWayOut(String sentence, ThrowingCallable code) {
        assertThatThrownBy(code)
                .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void aPortThatIsTakenIsToldWithTheWayOut() {
        try (RunningWorker first = fib().start()) {
            Worker second = fib().bind("127.0.0.1", first.port());

            assertThatThrownBy(second::start)
                    .hasMessageStartingWith("the worker cannot start: cannot listen on 127.0.0.1:" + first.port())
                    .hasMessageEndingWith("; bind another port, or 0 for a free one");
        }
    }

    /** Each start is a worker of its own, and may be ended as often as one likes. */
    @Test
    void startingAndEndingTwiceIsNone() {
        Worker worker = fib();
        RunningWorker one = worker.start();
        RunningWorker two = worker.start();

        assertThat(one.port()).isNotEqualTo(two.port());
        for (RunningWorker each : List.of(one, one, two)) {
            each.close();
        }
    }
}
