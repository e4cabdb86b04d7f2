package dev.foretell.worker.http;

import dev.foretell.commons.wire.Headers;
import dev.foretell.edge.HardClose;
import dev.foretell.worker.execution.FunctionCall;
import dev.foretell.worker.execution.FunctionExecutor;
import dev.foretell.worker.execution.Work;
import dev.foretell.worker.function.Items;
import dev.foretell.worker.function.ServedFunction;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of a streaming function. Its thread produces the items one at a time, while there is room for them; the
 * event loop sends each at once. Confined to the request's event loop, except where noted.
 */
final class StreamedCall implements ItemQueue.Reading {
    private static final long LAST_WORDS_MS = 1_000;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ServedFunction function;
    private final ReplyWriter writer;
    private final long silenceNanos;
    private final ItemForm form;
    private final ItemQueue queue = new ItemQueue(this);
    private final Context loop = Vertx.currentContext();
    private final Promise<Void> sent = Promise.promise();
    private volatile @Nullable FunctionCall<Void> call;
    private boolean begun;

    private StreamedCall(HttpServerRequest request, ServedFunction function, ReplyWriter writer, long silenceNanos) {
        this.request = request;
        this.response = request.response();
        this.function = function;
        this.writer = writer;
        this.silenceNanos = silenceNanos;
        this.form = ItemForm.of(request);
    }

    /**
     * Runs a function and sends its items; completes when they are sent or the stream has broken off. Fails if the
     * function fails before the first item; then nothing has been sent.
     *
     * @param waitNanos how long the caller waits for the first item
     */
    static Future<Void> run(
            HttpServerRequest request,
            ServedFunction function,
            ReplyWriter writer,
            FunctionExecutor executor,
            Work work,
            long waitNanos) {
        return new StreamedCall(request, function, writer, executor.streamSilenceNanos())
                .start(executor, work, waitNanos);
    }

    private Future<Void> start(FunctionExecutor executor, Work work, long waitNanos) {
        FunctionCall<Void> started = executor.start(work.by(() -> pour(work.code())), waitNanos);
        call = started;
        response.closeHandler(gone -> {
            queue.close();
            started.cancel();
        });
        started.result().onComplete(this::onEnd);
        return sent.future();
    }

    /** Runs on the function's thread. */
    private @Nullable Void pour(Callable<?> function) throws Exception {
        try {
            Items.pour(function.call(), this::put);
            return null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Runs on the function's thread. */
    private void put(@Nullable Object item) {
        try {
            if (queue.put(form.item(item))) {
                loop.runOnContext(now -> send());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the stream was interrupted");
        }
    }

    /** On the function's thread, which is of no use to other calls until the caller reads. */
    @Override
    public void pause() {
        FunctionCall<Void> own = call;
        if (own != null) {
            own.pause();
        }
    }

    /** On the function's thread. */
    @Override
    public void goOn() {
        FunctionCall<Void> own = call;
        if (own != null) {
            own.goOn();
        }
    }

    private void send() {
        Buffer items = queue.take();
        if (items != null && !response.closed() && !sent.future().isComplete()) {
            begin();
            int length = items.length();
            response.write(items).onSuccess(gone -> onSent(length));
            extend();
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            writer.begin(request, form.mediaType());
            if (isTrailerWanted()) {
                response.putHeader("Trailer", Headers.ERROR_OF);
            }
        }
    }

    private void onSent(int length) {
        queue.onSent(length);
        extend();
    }

    private void extend() {
        FunctionCall<Void> own = call;
        if (own != null) {
            own.extend(silenceNanos);
        }
    }

    private void onEnd(AsyncResult<Void> done) {
        queue.close();
        send();
        if (response.closed()) {
            sent.tryComplete();
        } else if (done.succeeded()) {
            begin();
            response.end().onComplete(sent);
        } else if (begun) {
            breakOff(function.refusals().explain(done.cause()));
        } else {
            sent.tryFail(done.cause());
        }
    }

    /** Without HTTP/1.1 there are no chunks, and no trailer after them. */
    private boolean isTrailerWanted() {
        return response.isChunked() && request.headers().contains("TE", "trailers", true);
    }

    /**
     * The status has been sent: a last item has the error, and a trailer says who is at fault; without a trailer, the
     * stream has no proper end.
     */
    private void breakOff(Throwable failure) {
        if (ErrorReply.isFault(failure)) {
            writer.faults().tell(request.path() + " failed during its stream", RequestName.of(request), failure);
        }
        Future<Void> given = response.write(form.error(ErrorReply.lastWords(failure), RequestName.of(request)));
        String blame = ErrorReply.blame(failure);
        if (blame != null && isTrailerWanted()) {
            response.putTrailer(Headers.ERROR_OF, blame).end().onComplete(sent);
        } else {
            given.timeout(LAST_WORDS_MS, TimeUnit.MILLISECONDS).onComplete(gone -> {
                HardClose.of(request);
                sent.tryComplete();
            });
        }
    }
}
