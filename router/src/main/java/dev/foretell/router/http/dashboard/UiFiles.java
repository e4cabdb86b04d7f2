package dev.foretell.router.http.dashboard;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.edge.RouteGroup;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /ui}: the files of the dashboard, from the router's jar. They are for everybody; what they show is not. A file is
 * read once. Thread-safe.
 */
public final class UiFiles implements RouteGroup {
    private static final String FOLDER = "/ui/";
    private static final String FIRST = "index.html";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    /** Nothing from elsewhere, no script or style within a page, and in no frame. Images may be part of a style sheet. */
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("md", "text/plain; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("LICENSE", "text/plain; charset=utf-8"));

    private final Map<String, UiFile> files = new ConcurrentHashMap<>();

    /** A file, with its type and the tag of its content. */
    private record UiFile(Buffer content, String type, String tag) {}

    @Override
    public void addTo(Routes routes) {
        routes.always("/ui", this::first);
        routes.always("/ui/:file", ctx -> send(ctx, name(ctx, "file")));
        routes.always("/ui/:folder/:file", ctx -> send(ctx, name(ctx, "folder") + "/" + name(ctx, "file")));
    }

    /** The address without a slash leads to the one with it, to which the page's own addresses are relative. */
    private Future<Object> first(RoutingContext ctx) {
        if (ctx.request().path().equals("/ui")) {
            ctx.response().setStatusCode(308).putHeader(HttpHeaders.LOCATION, FOLDER);
            return Future.succeededFuture(Buffer.buffer());
        }
        return send(ctx, FIRST);
    }

    private static String name(RoutingContext ctx, String parameter) {
        String name = ctx.pathParam(parameter);
        if (name == null || !NAME.matcher(name).matches()) {
            throw notFound();
        }
        return name;
    }

    private static ServingException notFound() {
        return new ServingException(FailureKind.NOT_FOUND, "there is no such file; the dashboard is at /ui/");
    }

    private Future<Object> send(RoutingContext ctx, String name) {
        UiFile file = find(name);
        HttpServerResponse response = ctx.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(HttpHeaders.ETAG, file.tag())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (isKnown(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH), file.tag())) {
            response.setStatusCode(304);
            return Future.succeededFuture(Buffer.buffer());
        }
        return Future.succeededFuture(file.content());
    }

    private static boolean isKnown(@Nullable String tags, String tag) {
        return tags != null && (tags.equals("*") || tags.contains(tag));
    }

    /** The number of files in the jar bounds what is kept: a name without a file is not. */
    private UiFile find(String name) {
        UiFile known = files.get(name);
        UiFile file = known == null ? read(name) : known;
        if (file == null) {
            throw notFound();
        }
        files.putIfAbsent(name, file);
        return file;
    }

    private static @Nullable UiFile read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return null;
        }
        try (InputStream in = UiFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            return new UiFile(Buffer.buffer(content), type, tag(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }
}
