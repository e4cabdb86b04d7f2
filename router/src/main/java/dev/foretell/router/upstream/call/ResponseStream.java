package dev.foretell.router.upstream.call;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows of an answer that is passed on in pieces, as its worker makes it. While nobody takes them, nothing is read
 * from the worker; what was read by then, one read's worth, waits here. Confined to one event loop.
 */
public final class ResponseStream {
    /** How a stream ended. */
    public enum End {
        WHOLE,
        /** The worker closed the connection, was lost, or fell silent. */
        BROKEN_OFF,
        /** The function failed in the midst of it, and its worker says so. */
        FUNCTION_FAILED,
        /** The function refused its input in the midst of it. */
        REFUSED,
        /** Whoever took it went away. */
        CANCELLED
    }

    /** Whom the pieces are for. */
    public interface Reader {
        void piece(Buffer piece);

        /** There are no more pieces. */
        void onEnd(End how);
    }

    /** Where the pieces come from. */
    public interface Source {
        void hold();

        void goOn();

        /** The rest is not wanted. */
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
     * @param saysWhose whether its worker tells where its function fails
     * @param memory what waits here is taken of it
     */
    public ResponseStream(Source source, long length, boolean saysWhose, ResponseMemory memory) {
        this.source = source;
        this.length = length;
        this.saysWhose = saysWhose;
        this.memory = memory;
    }

    /** Of the whole answer, in bytes; -1 where the worker did not say. */
    public long length() {
        return length;
    }

    /** Whether its worker tells where its function fails: then what breaks off without a word is the worker's own fault. */
    public boolean saysWhose() {
        return saysWhose;
    }

    /** What to do, once, when the worker has no more part in it. */
    public void onEnd(Consumer<End> listener) {
        if (end != null) {
            listener.accept(end);
        } else {
            listeners.add(listener);
        }
    }

    /** From now on this gets the pieces. */
    public void readBy(Reader taker) {
        reader = taker;
        goOn();
    }

    /** No more pieces for now. */
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

    /** The rest is not wanted: its taker has gone, or has waited too long for the worker. Harmless after the end. */
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

    /** Memory is short, and whoever takes this stream does not read it. */
    private void breakOff() {
        clear();
        end(End.CANCELLED);
        source.letGo();
    }

    /** Nothing more comes from the worker. */
    public void end(End how) {
        if (end == null) {
            finish(how);
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
