package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.tasks.TaskData;
import dev.foretell.router.tasks.TaskFiles;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Finds a task's table: an uploaded file, rows in the request, or a file on the router's machine. */
final class DataReader {
    private static final int MAX_NAME = 1000;
    private static final int DIGITS = 64;
    private static final String SOURCES =
            "data must have one of digest, the digest of a file sent to /v1/task-files; csv; rows, with columns; and file";

    private final TaskFiles files;

    DataReader(TaskFiles files) {
        this.files = files;
    }

    Future<TaskData> read(JsonNode json) {
        BodyFields data =
                new BodyFields("data", json.path("data")).only("digest", "name", "csv", "columns", "rows", "file");
        String name = data.text("name", MAX_NAME);
        requireOneSource(data);
        if (data.has("digest")) {
            String digest = data.require("digest", DIGITS);
            return files.length(digest).map(bytes -> new TaskData(digest, bytes, name));
        }
        if (data.has("file")) {
            String file = data.require("file", MAX_NAME);
            return files.copy(file).map(stored -> of(stored, file));
        }
        return files.write(text(data).getBytes(StandardCharsets.UTF_8)).map(stored -> of(stored, name));
    }

    private static void requireOneSource(BodyFields data) {
        List<String> sources =
                Stream.of("digest", "csv", "rows", "file").filter(data::has).toList();
        if (sources.size() != 1) {
            throw BodyFields.wrong(SOURCES + (sources.isEmpty() ? "" : "; it has " + String.join(" and ", sources)));
        }
        if (data.has("columns") != data.has("rows")) {
            throw BodyFields.wrong("data.columns goes with data.rows, and only with these");
        }
    }

    private static TaskData of(TaskFiles.Stored stored, String name) {
        return new TaskData(stored.digest(), stored.bytes(), name);
    }

    private static String text(BodyFields data) {
        if (data.has("csv")) {
            return data.require("csv", Integer.MAX_VALUE);
        }
        return RowsText.of(data.object().path("columns"), data.object().path("rows"));
    }
}
