package dev.foretell.router.http.predict;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.CallPreferences;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/** How a request becomes a predict call, as far as all dialects have that in common. */
public final class PredictRequests {
    private PredictRequests() {}

    /** Starts the call's deadline, and has the call cancelled when its caller leaves. */
    public static CallContext begin(HttpServerRequest request, PredictService service, AccessLog log) {
        CallContext context =
                new CallContext(service.deadline(request.getHeader(Headers.TIMEOUT_MS)), request.headers());
        log.follow(request, context.deadline(), List.of(context));
        return context;
    }

    /** What the caller asks for by headers. */
    public static CallPreferences preferences(HttpServerRequest request, PredictService service) {
        return preferences(request, service, Priority.of(request.getHeader(Headers.PRIORITY)));
    }

    /** The same where the priority is known from elsewhere. */
    public static CallPreferences preferences(HttpServerRequest request, PredictService service, Priority priority) {
        return CallPreferences.of(
                request.getHeader(Headers.STICKY_KEY), priority, service.cacheEnabled() && wantsFresh(request));
    }

    /** Whether the caller takes no cached response: RFC 9111, 5.2.1.4. */
    private static boolean wantsFresh(HttpServerRequest request) {
        String cacheControl = request.getHeader(HttpHeaders.CACHE_CONTROL);
        return cacheControl != null && cacheControl.toLowerCase(Locale.ROOT).contains("no-cache");
    }
}
