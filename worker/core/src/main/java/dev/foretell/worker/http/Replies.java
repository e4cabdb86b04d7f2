package dev.foretell.worker.http;

import dev.foretell.worker.function.Answer;
import dev.foretell.worker.function.binding.FunctionJson;
import io.vertx.core.buffer.Buffer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Turns a function's result into a response, on the function's thread. */
final class Replies {
    private Replies() {}

    /** A {@link Reply}, or a stage that completes with one. */
    static Object of(@Nullable Object result) throws Exception {
        if (result instanceof CompletionStage<?> stage) {
            return stage.thenApply(Replies::toReply);
        } else if (result instanceof io.vertx.core.Future<?> future) {
            return future.toCompletionStage().thenApply(Replies::toReply);
        } else if (result instanceof Future<?> future) {
            return ready(await(future));
        }
        return ready(result);
    }

    private static Reply toReply(@Nullable Object result) {
        try {
            return ready(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A plain future can only be waited for; this thread may block. */
    private static @Nullable Object await(Future<?> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Reply ready(@Nullable Object result) throws IOException {
        if (result instanceof Answer answer) {
            return body(answer).withChoice(answer.status(), answer.headers());
        } else if (result instanceof byte[] bytes) {
            return Reply.ofBytes(Reply.BINARY, bytes);
        } else if (result instanceof Buffer buffer) {
            return Reply.ofBytes(Reply.BINARY, buffer.getBytes());
        } else if (result instanceof InputStream stream) {
            return Reply.ofStream(stream, -1);
        } else if (result instanceof Path path) {
            return Reply.ofStream(Files.newInputStream(path), Files.size(path));
        } else if (result instanceof File file) {
            return ready(file.toPath());
        }
        return Reply.ofBytes(Reply.JSON, FunctionJson.write(result));
    }

    private static Reply body(Answer answer) throws IOException {
        String mediaType = answer.headers().get("content-type");
        return answer.body() instanceof CharSequence text && mediaType != null && !isJson(mediaType)
                ? Reply.ofBytes(mediaType, text.toString().getBytes(StandardCharsets.UTF_8))
                : ready(answer.body());
    }

    private static boolean isJson(String mediaType) {
        return mediaType.toLowerCase(Locale.ROOT).contains("json");
    }
}
