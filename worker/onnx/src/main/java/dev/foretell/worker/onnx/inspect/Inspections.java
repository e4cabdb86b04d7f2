package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Finds out what a model file is. It is loaded and run in a scratch process: whatever it does there (crash, loop for ever,
 * take all memory) ends that process alone. Two are there at once; more wait. Thread-safe.
 */
public final class Inspections {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int AT_ONCE = 2;

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final ScratchProcess scratch;

    /** @param memoryBytes the most that a model may take, beside three times the size of its file */
    public Inspections(long memoryBytes) {
        this(new ScratchProcess(Scratch.class, LONGEST, memoryBytes));
    }

    Inspections(ScratchProcess scratch) {
        this.scratch = scratch;
    }

    /**
     * Waits until the file has been looked through, loaded and run: up to 60 seconds, the wait for others aside.
     *
     * @return JSON: {@code {"runtime":"onnx","inputs":[{name,datatype,shape}],"outputs":[…],"metadata":{…},"sample":{…}}};
     *     without the sample where none is known
     * @throws ServingException {@link FailureKind#INVALID_INPUT} saying why the file cannot be served
     * @throws InterruptedException if the caller has gone; the process has ended by then
     */
    public byte[] inspect(Path file) throws IOException, InterruptedException {
        places.acquire();
        try {
            return found(Json.readTree(scratch.run(file)));
        } finally {
            places.release();
        }
    }

    private static byte[] found(JsonNode result) {
        JsonNode refused = result.path(Scratch.REFUSED);
        if (refused.isTextual()) {
            throw new ServingException(FailureKind.INVALID_INPUT, refused.textValue());
        }
        return Json.write(result.path(Scratch.FOUND));
    }
}
