package dev.foretell.worker.function.binding;

import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.Batch;
import dev.foretell.worker.function.Batching;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A Java method with {@link Batch}. The arguments of a call are one item of its list. As thread-safe as the user's
 * code.
 */
public final class BatchFunction implements ServedFunction, Batching {
    private final JavaFunction single;
    private final ArgumentReader arguments;
    private final JavaFunction.Code code;
    private final int max;

    /**
     * @param signature a list of items as the argument, and a list of results
     * @throws FunctionNotFoundException for any other signature
     */
    public BatchFunction(String name, @Nullable String doc, Signature signature, JavaFunction.Code code, int max) {
        if (max < 1) {
            throw new FunctionNotFoundException("@Batch(max) of " + name + " must be at least 1");
        }
        Signature item = signature
                .ofItem()
                .orElseThrow(() -> new FunctionNotFoundException(
                        "@Batch is for methods that take one List and return a List; " + name + " does not"));
        this.single = new JavaFunction(name, doc, item, this::callOne);
        this.arguments = new ArgumentReader(item.parameters());
        this.code = code;
        this.max = max;
    }

    @Override
    public String name() {
        return single.name();
    }

    @Override
    public int max() {
        return max;
    }

    @Override
    public Optional<Batching> batching() {
        return Optional.of(this);
    }

    @Override
    public WorkerIndex.Function describe() {
        WorkerIndex.Function one = single.describe();
        return one.withBatch(new WorkerIndex.Batch(max));
    }

    @Override
    public List<String> headers() {
        return single.headers();
    }

    @Override
    public @Nullable Object call(CallBody body) throws Exception {
        return single.call(body);
    }

    private @Nullable Object callOne(@Nullable Object[] values) throws Exception {
        return run(Collections.singletonList(values[0])).get(0);
    }

    @Override
    public List<Outcome> callAll(List<CallBody> calls) throws InterruptedException {
        List<Outcome> read = calls.stream().map(this::read).toList();
        List<@Nullable Object> items = new ArrayList<>();
        read.stream().filter(item -> item.failure() == null).forEach(item -> items.add(item.value()));
        Iterator<Outcome> answers = together(items).iterator();
        return read.stream()
                .map(item -> item.failure() == null ? answers.next() : item)
                .toList();
    }

    /** A call's argument, or its failure. */
    private Outcome read(CallBody call) {
        try {
            return Outcome.of(call.readBy(arguments)[0]);
        } catch (RuntimeException e) {
            return Outcome.ofFailure(e);
        }
    }

    private List<Outcome> together(List<@Nullable Object> items) throws InterruptedException {
        if (items.isEmpty()) {
            return List.of();
        }
        try {
            return run(items).stream().map(Outcome::of).toList();
        } catch (InterruptedException e) {
            throw e;
        } catch (WrongLengthException e) {
            return Collections.nCopies(items.size(), Outcome.ofFailure(e));
        } catch (Exception e) {
            return items.size() == 1 ? List.of(Outcome.ofFailure(e)) : eachAlone(items);
        }
    }

    /** One of the items makes the function throw; only single calls show which one. */
    private List<Outcome> eachAlone(List<@Nullable Object> items) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>(items.size());
        for (Object item : items) {
            outcomes.addAll(together(Collections.singletonList(item)));
        }
        return outcomes;
    }

    private List<?> run(List<@Nullable Object> items) throws Exception {
        Object result = call(items);
        if (result instanceof List<?> answers && answers.size() == items.size()) {
            return answers;
        }
        throw new WrongLengthException(items.size(), result);
    }

    private @Nullable Object call(List<@Nullable Object> items) throws Exception {
        try {
            return await(code.call(new @Nullable Object[] {new ArrayList<>(items)}));
        } catch (Exception e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new IllegalStateException("StackOverflowError", e);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** This thread may block. */
    private static @Nullable Object await(@Nullable Object result) throws Exception {
        Object later = result instanceof CompletionStage<?> stage ? stage.toCompletableFuture() : result;
        try {
            return later instanceof Future<?> future ? future.get() : later;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The results cannot be matched to the items. */
    private static final class WrongLengthException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private WrongLengthException(int items, @Nullable Object result) {
            super("the function was given " + items + " items and answered "
                    + (result instanceof List<?> list ? list.size() + " of them" : "no list"));
        }
    }
}
