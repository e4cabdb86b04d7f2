package dev.foretell.router.http;

import dev.foretell.router.http.edge.ProblemHandler;
import dev.foretell.router.http.edge.RouteGroup;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes failures in the caller's format: that of the dialect with this URL prefix, otherwise a problem. */
final class Dialects implements RouteGroup.FailureHandler {
    private final ProblemHandler problems;
    private final Map<String, RouteGroup.FailureHandler> forms = new LinkedHashMap<>();

    Dialects(ProblemHandler problems) {
        this.problems = problems;
    }

    void add(String prefix, RouteGroup.FailureHandler form) {
        forms.put(prefix, form);
    }

    /** It may be impossible to normalise the URL. */
    @Override
    public void answer(HttpServerRequest request, Throwable failure) {
        String path = String.valueOf(request.path());
        forms.entrySet().stream()
                .filter(dialect -> path.startsWith(dialect.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(problems::answer)
                .answer(request, failure);
    }
}
