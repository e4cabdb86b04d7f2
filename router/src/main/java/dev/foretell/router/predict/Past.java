package dev.foretell.router.predict;

import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.Seat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for a call before it went on by itself.
 *
 * @param attempts made so far
 * @param last how the latest of them ended
 */
record Past(List<Seat> tried, int attempts, @Nullable AttemptFailure last) {
    static final Past NONE = new Past(List.of(), 0, null);

    Past {
        tried = List.copyOf(tried);
    }

    Past after(Seat seat, AttemptFailure failure) {
        return new Past(Stream.concat(tried.stream(), Stream.of(seat)).toList(), attempts + 1, failure);
    }
}
