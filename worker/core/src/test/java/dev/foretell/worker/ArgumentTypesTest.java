package dev.foretell.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.Fn1;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.loading.FunctionLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentTypesTest {
    record Price(int cents) {}

    record Order(List<Price> prices) {}

    interface Shape {}

    abstract static class Animal {}

    static final class Locked {
        private final int key;

        private Locked(int key, String door) {
            this.key = key + door.length();
        }
    }

    static final class Generic {
        private Generic() {}

        static <T extends Comparable<T>> T max(List<T> xs) {
            return Collections.max(xs);
        }

        static <T> List<T> reversed(List<T> xs) {
            List<T> copy = new ArrayList<>(xs);
            Collections.reverse(copy);
            return copy;
        }

        static <P extends Price> int sum(List<P> xs) {
            return xs.stream().mapToInt(Price::cents).sum();
        }

        static <N extends Number> double total(List<N> xs) {
            return xs.stream().mapToDouble(Number::doubleValue).sum();
        }

        static <C extends CharSequence> int length(C text) {
            return text.length();
        }

        static <K extends Comparable<K>> K first(Map<String, List<K>> xs) {
            return xs.values().iterator().next().get(0);
        }
    }

    static final class Abstract {
        private Abstract() {}

        static String shape(Shape one) {
            return "" + one;
        }

        static String animals(List<Animal> all) {
            return "" + all;
        }

        static String locked(Optional<Locked> one) {
            return "" + one;
        }

        static String code(Function<String, String> code) {
            return code.apply("");
        }
    }

    static final class Sum implements Fn1<List<Price>, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer call(List<Price> prices) {
            return sumOf(prices);
        }
    }

    static int sumOf(List<Price> prices) {
        return prices.stream().mapToInt(Price::cents).sum();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$Generic::reversed | [1,\"a\",null]            | [null, a, 1]",
                "$Generic::sum      | [{\"cents\":3},{\"cents\":4}] | 7",
                "$Generic::total    | [1,2.5]                 | 3.5",
                "$Generic::length   | {\"text\":\"abc\"}      | 3",
            })
    void servesGenericMethodsWhoseTypesJsonCanBe(String reference, String body, String expected) throws Exception {
        assertThat(call(only(reference), body)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$Generic::max      | 'xs' is of type List<Comparable>, and nothing in JSON says which class of Comparable",
                "$Generic::first    | 'xs' is of type Map<String, List<Comparable>>, and nothing",
                "$Abstract::shape   | 'one' is of type Shape, and nothing in JSON says which class of Shape a value is to be",
                "$Abstract::animals | 'all' is of type List<Animal>, and nothing",
                "$Abstract::locked  | 'one' is of type Locked, and Locked has no constructor that JSON could be given to",
                "$Abstract::code    | 'code' is of type Function<String, String>, and nothing",
            })
    void refusesAtStartWhatNobodyCouldCall(String reference, String why) {
        assertThatThrownBy(() -> only(reference))
                .isInstanceOf(FunctionNotFoundException.class)
                .hasMessageContaining(why)
                .hasMessageEndingWith("; declare a record or another definite class there, as in List<Integer>");
    }

    @Test
    void refusesLambdasOverWhatCompilersDoNotKeep() {
        assertThatThrownBy(() ->
                        Worker.of("sum", (List<Price> prices) -> prices.get(0).cents()))
                .hasMessage(
                        "function 'sum' is a lambda that takes a List, and compilers do not keep what a lambda's List holds:"
                                + " write a method and serve that (MyClass::myMethod), or take an array or a record");
        assertThatThrownBy(() -> Worker.of("two", (Integer n, Map<String, Price> prices) -> n))
                .hasMessageContaining("a lambda that takes a Map");
        assertThatThrownBy(() -> Worker.of("maybe", (Optional<Price> price) -> 1))
                .hasMessageContaining("a lambda that takes an Optional");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method | [{\"cents\":3},{\"cents\":4}]                  | 7",
                "record | {\"prices\":[{\"cents\":3},{\"cents\":4}]}   | 7",
                "array  | [{\"cents\":3},{\"cents\":4}]                  | 7",
                "object | [{\"cents\":3},{\"cents\":4}]                  | 7",
            })
    void servesEachWayOut(String name, String body, String expected) {
        List<Price> captured = List.of();
        try (RunningWorker worker = Worker.of("method", ArgumentTypesTest::sumOf)
                .and("record", (Order order) -> sumOf(order.prices()) + captured.size())
                .and("array", (Price[] prices) -> sumOf(List.of(prices)))
                .and("object", new Sum())
                .start()) {
            assertThat(Http.post(worker.url() + "/" + name, body).body()).isEqualTo(expected);
        }
    }

    private static ServedFunction only(String reference) {
        return new FunctionLoader("")
                .load(List.of(ArgumentTypesTest.class.getName() + reference))
                .get(0);
    }

    private static Object call(ServedFunction function, String body) throws Exception {
        return function.call(CallBody.ofJson(body.getBytes(StandardCharsets.UTF_8)));
    }
}
