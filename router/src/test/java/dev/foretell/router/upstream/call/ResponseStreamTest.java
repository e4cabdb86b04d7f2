package dev.foretell.router.upstream.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.upstream.call.ResponseStream.End;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseStreamTest {
    private final List<String> events = new ArrayList<>();
    private final ResponseMemory memory = new ResponseMemory(20);
    private final ResponseStream stream = new ResponseStream(
            new ResponseStream.Source() {
                @Override
                public void hold() {
                    events.add("hold");
                }

                @Override
                public void goOn() {
                    events.add("go on");
                }

                @Override
                public void letGo() {
                    events.add("let go");
                }
            },
            -1,
            false,
            memory);

    /** Says what it gets, and holds the stream after the piece that says so. */
    private final ResponseStream.Reader reader = new ResponseStream.Reader() {
        @Override
        public void piece(Buffer piece) {
            events.add(piece.toString());
            if (piece.toString().equals("full")) {
                stream.hold();
            }
        }

        @Override
        public void onEnd(End how) {
            events.add(how == End.WHOLE ? "whole" : "broken");
        }
    };

    private void add(String... pieces) {
        for (String piece : pieces) {
            stream.add(Buffer.buffer(piece));
        }
    }

    @Test
    void keepsWhatCameUntilThereIsAReader() {
        add("a", "b");
        assertThat(events).isEmpty();

        stream.readBy(reader);
        add("c");
        stream.end(End.WHOLE);

        assertThat(events).containsExactly("a", "b", "go on", "c", "whole");
    }

    @Test
    void isHeldUntilItGoesOnAndEndsAfterItsLastPiece() {
        stream.readBy(reader);
        add("full", "a", "full", "b");
        stream.end(End.BROKEN_OFF);
        assertThat(events).containsExactly("go on", "full", "hold");

        stream.goOn();
        assertThat(events).endsWith("hold", "a", "full");
        stream.goOn();

        assertThat(events).endsWith("full", "b", "broken");
    }

    /** A worker may not wait for ever for a caller that does not read. */
    @Test
    void brokenOffWhileItIsHeldBackItIsNotTheWorkersFault() {
        List<End> ends = new ArrayList<>();
        stream.onEnd(ends::add);
        stream.readBy(reader);
        add("full");

        stream.end(End.BROKEN_OFF);

        assertThat(ends).containsExactly(End.CANCELLED);
        assertThat(events).endsWith("hold", "broken");
    }

    @Test
    void givenUpItTellsNothingMoreAndLetsTheWorkerGoOnce() {
        stream.readBy(reader);
        stream.giveUp(End.CANCELLED);
        stream.giveUp(End.CANCELLED);
        add("late");
        stream.end(End.BROKEN_OFF);
        stream.goOn();

        assertThat(events).containsExactly("go on", "let go");
    }

    @Test
    void everyListenerHearsOfTheEndOnce() {
        List<End> ends = new ArrayList<>();
        stream.onEnd(ends::add);

        stream.end(End.WHOLE);
        stream.giveUp(End.CANCELLED);
        stream.onEnd(ends::add);

        assertThat(ends).containsExactly(End.WHOLE, End.WHOLE);
        assertThat(events).isEmpty();
    }

    @Test
    void whatWaitsForACallerIsCountedUntilItIsTaken() {
        stream.add(Buffer.buffer("twelve bytes"));
        assertThat(memory.bytesInUse()).isEqualTo(12);

        stream.readBy(reader);

        assertThat(memory.bytesInUse()).isZero();
        assertThat(events).containsExactly("twelve bytes", "go on");
    }

    @Test
    void aStreamThatIsNotReadWhileMemoryIsShortIsBrokenOff() {
        stream.readBy(reader);
        stream.hold();
        stream.add(Buffer.buffer("twelve bytes"));
        stream.add(Buffer.buffer("twelve bytes"));

        assertThat(memory.bytesInUse()).isZero();
        assertThat(events).containsExactly("go on", "hold", "broken", "let go");
    }
}
