package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/**
 * The expected memory of a model before its first load: one and a half times the file (its weights and the runtime's
 * copies), and half a megabyte for the session.
 */
public final class MemoryNeed {
    private static final long SESSION = 512 * 1024;

    private MemoryNeed() {}

    public static long ofFile(long fileBytes) {
        return fileBytes + fileBytes / 2 + SESSION;
    }

    /** @throws ServingException of that kind if a model can never be loaded within a bound */
    public static void requireWithin(long bound, long bytes, FailureKind kind) {
        if (bytes > bound) {
            throw new ServingException(
                    kind,
                    "the model needs about " + ByteSize.format(bytes) + " of memory, and this host has "
                            + ByteSize.format(bound)
                            + " for models; start hosts with more: foretell host --memory SIZE");
        }
    }
}
