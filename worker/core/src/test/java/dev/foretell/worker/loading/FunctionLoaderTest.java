package dev.foretell.worker.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionLoaderTest {
    public record Point(int x, int y) {}

    public static final class Scorer implements Function<Point, Map<String, Integer>> {
        @Override
        public Map<String, Integer> apply(Point point) {
            return Map.of("sum", point.x() + point.y());
        }
    }

    abstract static class Twice<T> implements Function<T, String> {
        @Override
        public String apply(T it) {
            return it + "" + it;
        }
    }

    public static final class TwiceInt extends Twice<Integer> {}

    public static final class Even implements Predicate<Integer> {
        @Override
        public boolean test(Integer n) {
            return n % 2 == 0;
        }
    }

    public static final class Models {
        static final Function<Point, Integer> MINUS = point -> point.x() - point.y();
        static final BiFunction<Integer, Integer, Integer> PLUS = Integer::sum;
        static final IntUnaryOperator NEXT = n -> n + 1;
        static final DoubleUnaryOperator HALF = x -> x / 2;
        static final ToDoubleFunction<List<Double>> FIRST = xs -> xs.get(0);
        static final Supplier<String> WORD = () -> "word";
        static final String NOT_A_FUNCTION = "";
        private int calls;

        public int count(int step) {
            calls += step;
            return calls;
        }

        public static int twin(int n) {
            return n;
        }

        public static int twin(String s) {
            return s.length();
        }

        public static int single(int n) {
            return n;
        }

        static int single(String s) {
            return s.length();
        }
    }

    private static final String HERE = FunctionLoaderTest.class.getName();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $Scorer         | scorer   | {"x":1,"y":2}           | {sum=3}
            .Scorer::apply  | apply    | {"point":{"x":1,"y":2}} | {sum=3}
            $TwiceInt       | twiceInt | {"it":4}                | 44
            $Even           | even     | {"n":4}                 | true
            $Models::MINUS  | MINUS    | {"x":5,"y":2}           | 3
            $Models::PLUS   | PLUS     | {"arg0":5,"arg1":2}     | 7
            $Models::NEXT   | NEXT     | {"arg0":5}              | 6
            $Models::HALF   | HALF     | {"arg0":5}              | 2.5
            $Models::FIRST  | FIRST    | [5.5]                   | 5.5
            $Models::WORD   | WORD     | {}                      | word
            $Models::count  | count    | {"step":5}              | 5
            $Models::single | single   | {"n":5}                 | 5
            """)
    void findsFunctionsOfEveryKind(String reference, String name, String body, String expected) throws Exception {
        ServedFunction function = only(HERE + reference);

        assertThat(function.name()).isEqualTo(name);
        assertThat(call(function, body)).hasToString(expected);
    }

    @Test
    void keepsOneObjectForAllCallsOfAnInstanceMethod() throws Exception {
        ServedFunction count = only(HERE + "$Models::count");

        call(count, """
                {"step":5}""");

        assertThat(call(count, """
                {"step":1}""")).isEqualTo(6);
    }

    @Test
    void servesUnderAChosenName() {
        ServedFunction function = only("score=" + HERE + "$Scorer");

        assertThat(function.name()).isEqualTo("score");
        assertThat(function.describe().path()).isEqualTo("/score");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$Models::twin        | has 2 methods 'twin'",
                "$Models::cuont       | has no method 'cuont'; did you mean count",
                "$Models              | name a method, as in",
                "$Models::NOT_A_FUNCTION | has no method 'NOT_A_FUNCTION'",
                "Nope::predict        | there is no class",
            })
    void saysWhatIsWrongWithAReference(String reference, String message) {
        assertThatThrownBy(() -> only(HERE + reference))
                .isInstanceOf(FunctionNotFoundException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesTwoFunctionsOfOneName() {
        List<String> twice = List.of(HERE + "$Scorer", HERE + "$Scorer");

        assertThatThrownBy(() -> new FunctionLoader("").load(twice))
                .hasMessageContaining("two functions are named 'scorer'");
    }

    @Test
    void compilesAPlainSourceFile() throws Exception {
        Path file = write("Predict.java", """
                class Predict {
                    record Pair(int a, int b) {}

                    /** The nth Fibonacci number, {@code f(0) = 1}. More. */
                    static int predict(int n) {
                        return n < 2 ? 1 : predict(n - 1) + predict(n - 2);
                    }

                    static Pair both(Pair pair) {
                        return new Pair(pair.b(), pair.a());
                    }

                    private static int hidden() {
                        return 0;
                    }
                }
                """);

        List<ServedFunction> all = new FunctionLoader("").load(List.of(file.toString()));
        ServedFunction one = only("fib=" + file + "::predict");

        assertThat(all).extracting(ServedFunction::name).containsExactlyInAnyOrder("predict", "both");
        assertThat(one.describe().doc()).isEqualTo("The nth Fibonacci number, f(0) = 1.");
        assertThat(call(one, """
                {"n":10}""")).isEqualTo(89);
    }

    @Test
    void compilesAFileWithAPackageAndServesItsPublicMethods() throws Exception {
        Path file = write(
                "Any.java",
                "package a.b; public class Thing { public static int one() { return 1; } static int two() { return 2; } }");

        assertThat(new FunctionLoader("").load(List.of(file.toString())))
                .extracting(ServedFunction::name)
                .containsExactly("one");
        assertThat(call(only(file + "::two"), "{}")).isEqualTo(2);
    }

    @Test
    void tellsFileAndLineOfCompileErrors() throws Exception {
        Path file = write("Bad.java", "class Bad {\n  static int f() { return \"x\"; }\n  int g( { }\n}\n");
        Path types = write("Types.java", "class Types {\n  static int f() {\n return \"x\"; }\n}\n");

        assertThatThrownBy(() -> only(file.toString())).hasMessageContaining("Bad.java:3:");
        assertThatThrownBy(() -> only(types.toString())).hasMessageContaining("Types.java:3: incompatible types");
        assertThatThrownBy(() -> only(folder.resolve("None.java").toString())).hasMessageContaining("there is no file");
    }

    @Test
    void showsTheSampleThatAMethodIsAnnotatedWith() throws Exception {
        String head = "import dev.foretell.worker.function.Sample;\nclass P {\n  @Sample(\"";
        String method = "\") static int p(int n) { return n; }\n}\n";
        Path good = write("P.java", """
                %s{\\"n\\": 5}%s""".formatted(head, method));

        assertThat(only(good.toString()).withName("q").describe().sample()).hasToString("""
                {"n":5}""");
        assertThat(call(only(good.toString()), """
                {"n":3}""")).isEqualTo(3);
        Path bad = write("P.java", head + "{n}" + method);
        assertThatThrownBy(() -> only(bad.toString())).hasMessageContaining("@Sample of p is not JSON: {n}");
    }

    @Test
    void loadsFromAClassPathAndNamesTheNearestClass() throws Exception {
        Path source = write(
                "Fib.java", "package com.acme; public class Fib { public static int predict(int n) { return n; } }");
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());

        FunctionLoader loader = new FunctionLoader(folder.toString());

        assertThat(call(loader.load(List.of("com.acme.Fib::predict")).get(0), """
                {"arg0":3}"""))
                .isEqualTo(3);
        assertThatThrownBy(() -> loader.load(List.of("com.acme.Fibb::predict")))
                .hasMessageContaining("there is no class 'com.acme.Fibb'")
                .hasMessageContaining("did you mean com.acme.Fib");
        assertThatThrownBy(() -> new FunctionLoader("/no/such.jar")).hasMessageContaining("there is no /no/such.jar");
    }

    private static ServedFunction only(String reference) {
        List<ServedFunction> found = new FunctionLoader("").load(List.of(reference));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Object call(ServedFunction function, String body) throws Exception {
        return Objects.requireNonNull(function.call(CallBody.ofJson(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void saysHowToChooseOneOfSeveral() throws IOException {
        Path two = write(
                "Two.java",
                "public class Two { public static int b(int n) { return n; } public static int a(int n) { return n; } }");

        assertThatThrownBy(() -> only("score=" + two))
                .hasMessageEndingWith("names 2 functions, a, b: choose one, as in score=" + two + "::a");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
