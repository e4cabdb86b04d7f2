package dev.foretell.router.http.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Optional;

/** The download of a file; a HEAD response has everything except the file. */
public final class FileResponse {
    private FileResponse() {}

    /** Sends the file once it is found; {@link FailureKind#NOT_FOUND} if it does not exist. */
    public static Future<Object> send(RoutingContext ctx, Future<Optional<Path>> found) {
        return found.compose(file ->
                file.map(there -> send(ctx, there.toString())).orElseGet(() -> Future.failedFuture(notFound())));
    }

    private static ServingException notFound() {
        return new ServingException(FailureKind.NOT_FOUND, "there is no such file here");
    }

    private static Future<Object> send(RoutingContext ctx, String file) {
        HttpServerResponse response = ctx.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        return ctx.request().method() == HttpMethod.HEAD
                ? ctx.vertx()
                        .fileSystem()
                        .props(file)
                        .compose(props -> response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(props.size()))
                                .end())
                        .map("")
                : response.sendFile(file).map("");
    }
}
