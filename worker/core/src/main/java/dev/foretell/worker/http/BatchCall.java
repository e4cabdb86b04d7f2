package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.BatchForm;
import dev.foretell.worker.function.Batching;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Many calls in one request, in the format of {@link BatchForm}; each has its own status and body.
 *
 * @param requestName the id of all of them in the log
 */
record BatchCall(ServedFunction function, String count, byte[] text, String requestName, FaultLog faults)
        implements Callable<Reply> {
    @Override
    public Reply call() throws InterruptedException {
        Batching batching = function.batching()
                .orElseThrow(() -> new ServingException(
                        FailureKind.INVALID_INPUT, "function '" + function.name() + "' takes no batches"));
        List<CallBody> calls = BatchForm.bodies(text, size(batching.max())).stream()
                .map(CallBody::ofJson)
                .toList();
        List<BatchForm.Answer> answers =
                batching.callAll(calls).stream().map(this::answer).toList();
        return Reply.ofBytes(Reply.JSON, BatchForm.response(answers));
    }

    private int size(int max) {
        int size = count.matches("[0-9]{1,6}") ? Integer.parseInt(count) : 0;
        if (size < 1 || size > max) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "a batch of function '" + function.name() + "' holds from 1 to " + max + " calls");
        }
        return size;
    }

    private BatchForm.Answer answer(Batching.Outcome outcome) {
        Reply reply = outcome.failure() == null ? toReply(outcome.value()) : toFailure(outcome.failure());
        return new BatchForm.Answer(reply.status(), reply.bytes().getBytes());
    }

    private Reply toReply(@Nullable Object value) {
        try {
            Object reply = Replies.of(value);
            if (reply instanceof Reply ready) {
                if (ready.isPlainJson()) {
                    return ready;
                }
                ready.close();
            }
            throw new UnwritableResultException("in a batch, a result can only be JSON");
        } catch (Exception e) {
            return toFailure(e);
        }
    }

    private Reply toFailure(Exception failure) {
        Throwable explained = function.refusals().explain(failure);
        if (ErrorReply.isFault(explained)) {
            faults.tell("/" + function.name() + " failed for one call of a batch", requestName, explained);
        }
        return ErrorReply.ofFunction(explained);
    }
}
