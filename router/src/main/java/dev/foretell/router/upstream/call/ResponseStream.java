package dev.foretell.router.upstream.call;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a response that is passed on in pieces as its worker produces it. While nobody reads it, nothing is read
 * from the worker, and at most one read's worth waits here. Confined to one event loop.
 */
public final class ResponseStream {
    /** How a stream ended. */
    public enum End {
        WHOLE,
        /** The worker closed the connection, was lost, or fell silent. */
        BROKEN_OFF,
        /** The function failed during the stream, and its worker marked it. */
        FUNCTION_FAILED,
        /** The function refused its input during the stream. */
        REFUSED,
        /** The reader left. */
        CANCELLED
    }

    /** The reader of the pieces. */
    public interface Reader {
        void piece(Buffer piece);

        /** There are no more pieces. */
        void onEnd(End how);
    }

    /** The source of the pieces. */
    public interface Source {
        void hold();

        void goOn();

        /** The rest is not needed. */
        void letGo();
    }

    private final Source source;
    private final long length;
    private final boolean saysWhose;
    private final ResponseMemory memory;
    private final Deque<Buffer> waiting = new ArrayDeque<>(4);
    private final List<Consumer<End>> listeners = new ArrayList<>(3);
    private @Nullable Reader reader;
    private @Nullable End end;
    private boolean held = true;

    /**
     * @param saysWhose whether the worker marks failures of its function
     * @param memory the memory for waiting bytes
     */
    public ResponseStream(Source source, long length, boolean saysWhose, ResponseMemory memory) {
        this.source = source;
        this.length = length;
        this.saysWhose = saysWhose;
        this.memory = memory;
    }

    /** The length of the whole response in bytes; -1 if unknown. */
    public long length() {
        return length;
    }

    /**
     * Whether the worker marks failures of its function. Then a stream that breaks off without a mark is the worker's
     * own fault.
     */
    public boolean saysWhose() {
        return saysWhose;
    }

    /** Sets the action, run once, for when the worker is finished with the stream. */
    public void onEnd(Consumer<End> listener) {
        if (end != null) {
            listener.accept(end);
        } else {
            listeners.add(listener);
        }
    }

    /** Sets the reader. */
    public void readBy(Reader taker) {
        reader = taker;
        goOn();
    }

    /** Pauses the pieces. */
    public void hold() {
        if (!held) {
            held = true;
            if (end == null) {
                source.hold();
            }
        }
    }

    public boolean isHeld() {
        return held;
    }

    public void goOn() {
        held = false;
        Reader taker = reader;
        while (taker != null && !held && !waiting.isEmpty()) {
            Buffer piece = waiting.remove();
            memory.giveBack(piece.length());
            taker.piece(piece);
        }
        if (!held && end == null) {
            source.goOn();
        } else {
            tellEnd();
        }
    }

    /** Drops the rest: the reader has left, or has waited too long for the worker. Harmless after the end. */
    public void giveUp(End why) {
        reader = null;
        clear();
        if (end == null) {
            finish(why);
            source.letGo();
        }
    }

    private void clear() {
        waiting.forEach(piece -> memory.giveBack(piece.length()));
        waiting.clear();
    }

    public void add(Buffer piece) {
        Reader taker = reader;
        if (end != null) {
            return;
        }
        if (taker != null && !held) {
            taker.piece(piece);
        } else if (memory.take(piece.length())) {
            waiting.add(piece);
        } else {
            breakOff();
        }
    }

    /** Memory is short, and the reader does not read. */
    private void breakOff() {
        clear();
        end(End.CANCELLED);
        source.letGo();
    }

    /** The worker sends nothing more. */
    public void end(End how) {
        if (end == null) {
            finish(how == End.BROKEN_OFF && reader != null && held ? End.CANCELLED : how);
            tellEnd();
        }
    }

    private void finish(End how) {
        end = how;
        listeners.forEach(listener -> listener.accept(how));
        listeners.clear();
    }

    private void tellEnd() {
        Reader taker = reader;
        if (taker != null && end != null && waiting.isEmpty()) {
            reader = null;
            taker.onEnd(end);
        }
    }
}
