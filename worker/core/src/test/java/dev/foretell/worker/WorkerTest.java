package dev.foretell.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.worker.function.Fn1;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerTest {
    record Point(int x, int y) {
        int dot(int factor) {
            return factor * (x + y);
        }
    }

    static final class Scale {
        private final int factor;

        Scale(int factor) {
            this.factor = factor;
        }

        int of(int n) {
            return factor * n;
        }
    }

    static final class Named implements Fn1<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer call(Integer n) {
            return n + 100;
        }
    }

    static int none() {
        return 7;
    }

    static int three(int a, int b, int c) {
        return a + b + c;
    }

    static int four(int a, int b, int c, int d) {
        return a + b + c + d;
    }

    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        Scale scale = new Scale(3);
        int captured = 1000;
        worker = Worker.of("none", WorkerTest::none)
                .and("fib", Functions::predict)
                .and("add", Functions::add)
                .and("three", WorkerTest::three)
                .and("four", WorkerTest::four)
                .and("scale", scale::of)
                .and("dot", Point::dot)
                .and("sum", (Point point) -> point.x() + point.y())
                .and("plus", (Integer n) -> n + captured)
                .and("named", new Named())
                .start();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none  | {}                                 | 7
            fib   | {"n":10}                           | 89
            add   | {"a":1}                            | 11
            three | {"a":1,"b":2,"c":3}                | 6
            four  | {"a":1,"b":2,"c":3,"d":4}          | 10
            scale | {"n":2}                            | 6
            dot   | {"arg0":{"x":1,"y":2},"factor":10} | 30
            sum   | {"x":1,"y":2}                      | 3
            named | {"n":1}                            | 101
            """)
    void servesReferencesAndLambdas(String function, String body, String expected) {
        var answer = Http.post(worker.url() + "/" + function, body);

        assertThat(answer.body()).isEqualTo(expected);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void servesALambdaThatHasCapturedSomething() {
        String index = Http.get(worker.url() + "/").body();
        String name = index.contains("""
                "plus":{"path":"/plus","doc":"","parameters":[{"name":"n\"""") ? "n" : "arg0";

        assertThat(Http.post(worker.url() + "/plus", """
                {"%s":1}""".formatted(name)).body())
                .isEqualTo("1001");
    }

    @Test
    void keepsTheDocOfAMethodReference() {
        assertThat(Http.get(worker.url() + "/").body()).contains("nth Fibonacci number");
    }

    @Test
    void refusesTwoFunctionsOfOneName() {
        assertThatThrownBy(() -> Worker.of("fib", Functions::predict)
                        .and("fib", Functions::predict)
                        .start())
                .hasMessageContaining("a function named 'fib' already");
    }

    @Test
    void refusesANameThatNoPathCanHave() {
        assertThatThrownBy(() -> Worker.of("a/b", Functions::predict)).hasMessageContaining("function 'a/b' must be");
    }

    @Test
    void takesAToken() {
        try (RunningWorker guarded =
                Worker.of("fib", Functions::predict).token("XYZ").start()) {
            assertThat(Http.post(guarded.url() + "/fib", """
                    {"n":2}""").statusCode()).isEqualTo(403);
        }
    }
}
