package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.Map;
import java.util.Set;

/**
 * One run that ends when its thread is interrupted, like a read from a channel: the interrupting thread sets the
 * runtime's flag, which the runtime checks before each operation of the graph and its subgraphs. A single long
 * operation is not interrupted. Used once, by one thread.
 */
final class TerminableRun extends AbstractInterruptibleChannel {
    private final OrtSession.RunOptions options;

    private TerminableRun() throws OrtException {
        this.options = new OrtSession.RunOptions();
    }

    /** Reads the result of a run while it is open. */
    interface Reader<T> {
        T read(OrtSession.Result result) throws OrtException;
    }

    /**
     * @throws ServingException {@link FailureKind#DEADLINE_EXCEEDED} if an interrupt has ended it; the thread stays
     *     interrupted
     */
    static <T> T of(OrtSession session, Map<String, OnnxTensor> inputs, Set<String> outputs, Reader<T> reader)
            throws OrtException {
        TerminableRun run = new TerminableRun();
        try (OrtSession.Result result = run.begin(session, inputs, outputs)) {
            return reader.read(result);
        } finally {
            run.free();
        }
    }

    private OrtSession.Result begin(OrtSession session, Map<String, OnnxTensor> inputs, Set<String> outputs)
            throws OrtException {
        begin();
        try {
            return session.run(inputs, outputs, options);
        } catch (OrtException e) {
            if (isOpen()) {
                throw e;
            }
            throw new ServingException(FailureKind.DEADLINE_EXCEEDED, "the run was ended", e);
        } finally {
            leave();
        }
    }

    private void leave() {
        try {
            end(true);
        } catch (IOException interrupted) {
            // The runtime has reported it in its own words, or already had its result.
        }
    }

    /** Frees the flag when nobody can set it any more: closing waits for an interrupt in progress. */
    private void free() {
        try {
            close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        options.close();
    }

    /** Called once, by an interrupt or at the end. */
    @Override
    protected void implCloseChannel() throws IOException {
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new IOException(e);
        }
    }
}
