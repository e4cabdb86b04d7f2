package dev.foretell.worker.function;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.WorkerIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A function that a worker serves by {@code POST /name}. Thread-safe: calls run side by side. */
public interface ServedFunction {
    /** The last part of its path; see {@link dev.foretell.commons.identity.Names}. */
    String name();

    /** What the worker's index says of it. */
    WorkerIndex.Function describe();

    /**
     * Runs it, on a thread that may block; once it has proven fast, on an event loop.
     *
     * @return a value for JSON, {@code byte[]}, a stream, a file, an {@link Answer}, or a stage that completes with one; what
     *     {@link Items} takes, if it {@link #streams}
     * @throws ServingException {@link FailureKind#MALFORMED} or {@link FailureKind#INVALID_INPUT} if the body does not fit
     * @throws InvalidInputException if the function itself says so; any other exception is a failure of the function
     */
    @Nullable
    Object call(CallBody body) throws Exception;

    /** Names of headers that its calls are to be read with, in small letters; see {@link CallBody.Reader#bytes}. */
    default List<String> headers() {
        return List.of();
    }

    /**
     * Of a function that a {@link FunctionSource} found: what must come to pass before it is called; null where nothing.
     * Calls wait for it without a thread, up to their deadlines.
     */
    default @Nullable CompletionStage<?> prepare() {
        return null;
    }

    /** Whether it does no more than answer: whatever else a function does, no web page may have a browser call it. */
    default boolean predicts() {
        return true;
    }

    /** Whether it answers item by item. */
    default boolean streams() {
        return false;
    }

    /** How it is run for many calls at once, where it can be. */
    default Optional<Batching> batching() {
        return Optional.empty();
    }

    /** Which of its exceptions mean that its input is wrong. */
    default Refusals refusals() {
        return Refusals.NONE;
    }

    /** The same function under another name. */
    default ServedFunction named(String name) {
        return new RenamedFunction(name, this);
    }
}
