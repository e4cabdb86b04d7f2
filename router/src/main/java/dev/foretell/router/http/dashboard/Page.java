package dev.foretell.router.http.dashboard;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a caller asks for.
 *
 * @param search in lower case; empty for everything
 * @param page the first is 1
 */
record Page(String search, int page, int size) {
    private static final int USUAL_SIZE = 50;
    private static final int MAX_SIZE = 500;
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_SEARCH = 200;

    /** A part of a list. */
    record Items<T>(int total, int page, int size, List<T> items) {}

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} */
    static Page of(MultiMap query) {
        return new Page(
                search(query.get("search")),
                number("page", query.get("page"), 1, 1, MAX_PAGE),
                number("size", query.get("size"), USUAL_SIZE, 1, MAX_SIZE));
    }

    static String search(@Nullable String text) {
        if (text != null && text.length() > MAX_SEARCH) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "search must have at most " + MAX_SEARCH + " characters");
        }
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }

    static int number(String name, @Nullable String text, int usual, int least, int most) {
        if (text == null || text.isEmpty()) {
            return usual;
        }
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, name + " must be a number from " + least + " to " + most);
        }
        return number;
    }

    boolean matches(String text) {
        return search.isEmpty() || text.toLowerCase(Locale.ROOT).contains(search);
    }

    /** The items of this page, made only for those that are on it. */
    <S, T> Items<T> cut(List<S> found, Function<S, T> item) {
        Stream<S> here = found.stream().skip((page - 1L) * size).limit(size);
        return new Items<>(found.size(), page, size, here.map(item).toList());
    }
}
