package dev.foretell.worker.function;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.WorkerIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A function that a worker serves at {@code POST /name}. Thread-safe: calls run concurrently. */
public interface ServedFunction {
    /** The last part of its path; see {@link dev.foretell.commons.identity.Names}. */
    String name();

    /** Its entry in the worker's index. */
    WorkerIndex.Function describe();

    /**
     * Runs the function on a thread that may block, or on an event loop once it has proven fast.
     *
     * @return a value for JSON, {@code byte[]}, a stream, a file, an {@link Answer}, or a stage that completes with
     *     one; a source for {@link Items} if it {@link #streams}
     * @throws ServingException {@link FailureKind#MALFORMED} or {@link FailureKind#INVALID_INPUT} if the body does not
     *     fit
     * @throws InvalidInputException if the function refuses its input; any other exception is a failure of the function
     */
    @Nullable
    Object call(CallBody body) throws Exception;

    /** The names of the headers that it needs, in lower case; see {@link CallBody.Reader#bytes}. */
    default List<String> headers() {
        return List.of();
    }

    /**
     * For a function from a {@link FunctionSource}: completes when the function can be called; null if it can be called
     * at once. Calls wait for it without a thread, up to their deadlines.
     */
    default @Nullable CompletionStage<?> prepare() {
        return null;
    }

    /** Whether it only predicts. A web page must not make a browser call any other function. */
    default boolean predicts() {
        return true;
    }

    /** Whether it responds item by item. */
    default boolean streams() {
        return false;
    }

    /** How to run it for many calls at once, if possible. */
    default Optional<Batching> batching() {
        return Optional.empty();
    }

    /** The exceptions that mean that its input is wrong. */
    default Refusals refusals() {
        return Refusals.NONE;
    }

    /** This function with another name. */
    default ServedFunction withName(String name) {
        return new RenamedFunction(name, this);
    }
}
