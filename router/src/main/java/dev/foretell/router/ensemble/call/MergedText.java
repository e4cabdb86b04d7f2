package dev.foretell.router.ensemble.call;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The JSON text of a merged response, which takes memory as it grows. Used once. */
final class MergedText extends OutputStream {
    /** The pieces, and the whole text made of them. */
    private static final long COPIES = 2;

    private final ByteArrayBuilder pieces = new ByteArrayBuilder();
    private final MergeMemory memory;

    private MergedText(MergeMemory memory) {
        this.memory = memory;
    }

    /** @throws ServingException as {@link MergeMemory#take} */
    static Buffer of(Object body, MergeMemory memory) {
        try (MergedText text = new MergedText(memory)) {
            Json.MAPPER.writeValue(text, body);
            return Buffer.buffer(text.pieces.toByteArray());
        } catch (IOException e) {
            ServingException refusal = memory.refusal(); // which Jackson wraps
            throw refusal != null ? refusal : new UncheckedIOException("writing to memory", e);
        }
    }

    @Override
    public void write(byte[] piece, int from, int length) {
        memory.take(COPIES * length);
        pieces.write(piece, from, length);
    }

    @Override
    public void write(int one) {
        memory.take(COPIES);
        pieces.write(one);
    }
}
