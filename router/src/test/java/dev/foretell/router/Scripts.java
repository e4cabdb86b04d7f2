package dev.foretell.router;

import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.FakeWorker.Script;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Good and bad behaviours of workers. */
final class Scripts {
    private static final String ENDLESS = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** The head of an answer in lines of JSON, to be followed by chunks. */
    static final String LINES =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

    private Scripts() {}

    static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    static Script answers(String body) {
        return call -> call.answer(200, body);
    }

    /** Answers with what it got. */
    static Script echoes() {
        return call -> call.answer(200, call.body());
    }

    static Script answers(int status, String body, String... headers) {
        return call -> call.answer(status, body, headers);
    }

    /** Fails every second call with 500. */
    static Script failsEverySecond(String body) {
        return call -> {
            if (call.number() % 2 == 0) {
                call.answer(500, """
                        {"error":"broken"}""");
            } else {
                call.answer(200, body);
            }
        };
    }

    static Script hangs() {
        return hangingUp(Call::awaitHangUp);
    }

    static Script slow(long millis, String body) {
        return call -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            call.answer(200, body);
        };
    }

    /** Sends a part of its answer, then closes. */
    static Script halfCloses() {
        return call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"half\":");
            call.socket().close();
        };
    }

    /** Says that it speaks another protocol now, and waits for that. */
    static Script changesProtocol() {
        return call -> {
            call.write("HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
            call.awaitHangUp();
        };
    }

    static Script closesWithoutAWord() {
        return call -> call.socket().close();
    }

    static Script garbage() {
        return call -> {
            call.write("\u0000\u0001\u00ff NOT HTTP AT ALL \r\n\r\n\u00fe\u0002");
            call.socket().close();
        };
    }

    /** An endless body as fast as it goes. */
    static Script endless() {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        return hangingUp(call -> {
            call.write(ENDLESS);
            while (true) {
                call.write(chunk);
            }
        });
    }

    /** An endless body, one byte at a time. */
    static Script trickles() {
        return hangingUp(call -> {
            call.write(ENDLESS);
            while (true) {
                call.write("1\r\nx\r\n");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        });
    }

    /** Answers, and closes the connection at once though it promised to keep it. */
    static Script answersThenCloses(String body) {
        return call -> {
            call.answer(200, body);
            call.socket().close();
        };
    }

    /** A script that the router ends by hanging up: told as a failure, so that the worker counts it. */
    private static Script hangingUp(Script script) {
        return call -> {
            script.play(call);
            throw new IOException("the router hung up");
        };
    }
}
