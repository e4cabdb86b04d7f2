package dev.foretell.router.http.dashboard;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a changing request does, in words; one that is not in the list is named by its method and its path. */
record WriteWords(String method, Pattern path, String words) {
    private static final List<WriteWords> ALL = List.of(
            of("PUT", "/v1/model_workers_map", "changed the routing map"),
            of("DELETE", "/v1/model_workers_map/(.+)", "removed $1 from the routing map"),
            of("POST", "/v1/workers/([^/]+)/drain", "drained worker $1"),
            of("DELETE", "/v1/workers/([^/]+)/drain", "undrained worker $1"),
            of("POST", "/v1/models/([^/]+)/versions", "uploaded a version of model $1"),
            of("PUT", "/v1/models/([^/]+)/versions", "uploaded a version of model $1"),
            of("DELETE", "/v1/models/([^/]+)/versions/([^/]+)", "removed version $2 of model $1"),
            of("PUT", "/v1/models/([^/]+)/traffic", "changed the traffic of model $1"),
            of("POST", "/v1/models/([^/]+)/promote", "promoted a version of model $1"),
            of("PUT", "/v1/models/([^/]+)/aliases/([^/]+)", "set the alias $2 of model $1"),
            of("DELETE", "/v1/models/([^/]+)/aliases/([^/]+)", "removed the alias $2 of model $1"),
            of("PATCH", "/v1/models/([^/]+)", "changed model $1"),
            of("DELETE", "/v1/models/([^/]+)", "removed model $1"),
            of("PUT", "/v1/ensembles/([^/]+)", "changed ensemble $1"),
            of("DELETE", "/v1/ensembles/([^/]+)", "removed ensemble $1"),
            of("POST", "/v1/tasks", "queued a training task"),
            of("POST", "/v1/tasks/([^/]+)/cancel", "cancelled task $1"),
            of("POST", "/v1/tasks/([^/]+)/retry", "queued task $1 again"),
            of("DELETE", "/v1/tasks/([^/]+)", "deleted task $1"),
            of("POST", "/v1/task-files", "stored a table for training"),
            of("POST", "/v1/config/reload", "had the settings read again"),
            of("POST", "/v2/repository/models/([^/]+)/load", "loaded model $1"),
            of("POST", "/v2/repository/models/([^/]+)/unload", "unloaded model $1"));

    private static final int MAX_PATH = 200;

    private static WriteWords of(String method, String path, String words) {
        return new WriteWords(method, Pattern.compile(path), words);
    }

    static String of(String method, String path) {
        for (WriteWords one : ALL) {
            Matcher matcher = one.path.matcher(path);
            if (one.method.equals(method) && matcher.matches()) {
                return shorten(matcher.replaceFirst(one.words));
            }
        }
        return shorten(method + " " + path);
    }

    private static String shorten(String text) {
        return text.length() <= MAX_PATH ? text : text.substring(0, MAX_PATH) + "…";
    }
}
