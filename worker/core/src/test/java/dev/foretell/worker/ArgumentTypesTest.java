package dev.foretell.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.Fn1;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.loading.FunctionLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
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

    record Drawing(String name, Shape shape) {}

    record Page(List<Drawing> drawings) {}

    record Album(Optional<Page> pages) {}

    record Box<T>(T thing) {}

    record Zoo(Map<String, List<Animal>> animals) {}

    record Door(Locked lock) {}

    record Upload(Path file) {}

    record Tree(List<Tree> children) {
        int depth() {
            return 1 + children.stream().mapToInt(Tree::depth).max().orElse(0);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
    interface Pet {}

    record Cat(int lives) implements Pet {}

    record Owner(Pet pet) {}

    record Mapped(LocalDate at, Object any, Map<String, Integer> sizes, Optional<List<Price>> prices) {}

    /** A class whose callers may leave out what nobody can send. */
    static final class Settable {
        private String name = "";

        public void setName(String name) {
            this.name = name;
        }

        public void setShape(Shape shape) {
            this.name = "" + shape;
        }
    }

    static final class Nested {
        private Nested() {}

        static String drawing(Drawing one) {
            return "" + one;
        }

        static String drawings(List<Drawing> all) {
            return "" + all;
        }

        static String album(Album one) {
            return "" + one;
        }

        static String maybe(Optional<Drawing> one) {
            return "" + one;
        }

        static String boxes(Map<String, Box<Animal>> all) {
            return "" + all;
        }

        static String zoo(Zoo one) {
            return "" + one;
        }

        static String door(Door one) {
            return "" + one;
        }

        static String byShape(Map<Shape, Integer> all) {
            return "" + all;
        }

        static String upload(Upload one) {
            return "" + one;
        }

        static String paths(List<Path> all) {
            return "" + all;
        }

        static int depth(Tree one) {
            return one.depth();
        }

        static int typed(Owner one) {
            return ((Cat) one.pet()).lives();
        }

        static int mapped(Mapped one) {
            return one.at().getYear();
        }

        static String setter(Settable one) {
            return one.name;
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
    @CsvSource(delimiter = '|', textBlock = """
            $Generic::reversed | [1,"a",null]              | [null, a, 1]
            $Generic::sum      | [{"cents":3},{"cents":4}] | 7
            $Generic::total    | [1,2.5]                   | 3.5
            $Generic::length   | {"text":"abc"}            | 3
            """)
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$Nested::drawing  | 'one' is of type Drawing, whose field 'shape' is of type Shape, and nothing in JSON says which",
                "$Nested::drawings | 'all' is of type List<Drawing>, whose field 'shape' is of type Shape, and nothing",
                "$Nested::album    | 'one' is of type Album, whose field 'pages.drawings.shape' is of type Shape, and nothing",
                "$Nested::maybe    | 'one' is of type Drawing, whose field 'shape' is of type Shape, and nothing",
                "$Nested::boxes    | 'all' is of type Map<String, Box<Animal>>, whose field 'thing' is of type Animal, and nothing",
                "$Nested::zoo      | 'one' is of type Zoo, whose field 'animals' is of type Animal, and nothing",
                "$Nested::door     | 'one' is of type Door, whose field 'lock' is of type Locked, and Locked has no constructor",
                "$Nested::byShape  | 'all' is of type Map<Shape, Integer>, and Map<Shape, Integer> cannot be read from JSON",
            })
    void refusesFieldsOfRecordsAsItDoesArguments(String reference, String why) {
        refusesAtStartWhatNobodyCouldCall(reference, why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$Nested::upload | 'one' is of type Upload, whose field 'file' is of type Path",
                "$Nested::paths  | 'all' is of type List<Path>",
            })
    void aFileIsAnArgumentOfItsOwnOrNone(String reference, String why) {
        assertThatThrownBy(() -> only(reference))
                .isInstanceOf(FunctionNotFoundException.class)
                .hasMessageContaining(why)
                .hasMessageEndingWith("only an argument of its own can be a file; declare a String or byte[] there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $Nested::depth  | {"children":[{"children":[]}]}                      | 2
            $Nested::typed  | {"pet":{"kind":"cat","lives":9}}                    | 9
            $Nested::mapped | {"at":"2024-01-03","any":{"a":[1]},"sizes":{"s":1}} | 2024
            $Nested::setter | {"name":"x"}                                        | x
            """)
    void servesRecordsThatJsonCanBe(String reference, String body, String expected) throws Exception {
        assertThat(call(only(reference), body)).hasToString(expected);
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
    @CsvSource(delimiter = '|', textBlock = """
            method | [{"cents":3},{"cents":4}]            | 7
            record | {"prices":[{"cents":3},{"cents":4}]} | 7
            array  | [{"cents":3},{"cents":4}]            | 7
            object | [{"cents":3},{"cents":4}]            | 7
            """)
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
