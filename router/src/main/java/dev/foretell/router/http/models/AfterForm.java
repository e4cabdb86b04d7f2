package dev.foretell.router.http.models;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A form's file that ends only with the form, so that the fields after it are known by then. */
final class AfterForm implements ReadStream<Buffer> {
    private final ReadStream<Buffer> file;
    private final Future<Void> form;
    private final FormFields fields;
    private @Nullable Handler<Throwable> broken;

    /** @param fields gets everything that is not part of the file */
    AfterForm(ReadStream<Buffer> file, Future<Void> form, FormFields fields) {
        this.fields = fields;
        this.file = file;
        this.form = form;
        form.onFailure(cause -> tell());
    }

    private void tell() {
        Handler<Throwable> handler = broken;
        if (form.failed() && handler != null) {
            handler.handle(form.cause());
        }
    }

    @Override
    public AfterForm exceptionHandler(@Nullable Handler<Throwable> handler) {
        broken = handler;
        file.exceptionHandler(handler);
        tell();
        return this;
    }

    @Override
    public AfterForm handler(@Nullable Handler<Buffer> handler) {
        file.handler(
                handler == null
                        ? null
                        : piece -> {
                            fields.ofFile(piece.length());
                            handler.handle(piece);
                        });
        return this;
    }

    @Override
    public AfterForm pause() {
        file.pause();
        return this;
    }

    @Override
    public AfterForm resume() {
        file.resume();
        return this;
    }

    @Override
    public AfterForm fetch(long amount) {
        file.fetch(amount);
        return this;
    }

    @Override
    public AfterForm endHandler(@Nullable Handler<Void> handler) {
        file.endHandler(end -> form.onSuccess(whole -> {
            if (handler != null) {
                handler.handle(null);
            }
        }));
        return this;
    }
}
