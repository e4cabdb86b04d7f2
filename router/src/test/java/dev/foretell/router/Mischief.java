package dev.foretell.router;

import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.FakeWorker.Script;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Answers each call with its own body, most of them as it should, the others in every way that may shift answers. */
final class Mischief implements Script {
    private final boolean echoes;
    private final AtomicReference<String> earlier = new AtomicReference<>("");

    /** @param echoes whether it proves to which request an answer is, its stray ones aside */
    Mischief(boolean echoes) {
        this.echoes = echoes;
    }

    /** A worker that does all well. */
    static Script none(boolean echoes) {
        Mischief well = new Mischief(echoes);
        return call -> call.write(well.answer(call, call.body(), call.body().length()));
    }

    @Override
    public void play(Call call) throws IOException {
        String own = answer(call, call.body(), call.body().length());
        int dice = ThreadLocalRandom.current().nextInt(100);
        switch (dice < 20 ? dice : 99) {
            case 0 -> call.write(own + stray());
            case 1 -> call.write(stray() + own);
            case 2 -> call.write(own + earlier.get());
            case 3 -> call.write(earlier.get() + own);
            case 4 -> call.write(own + "EXTRA");
            case 5 -> afterwards(call, own, "EXTRA");
            case 6 -> call.write(answer(call, call.body(), call.body().length() - 3));
            case 7 -> breakOff(call, answer(call, call.body(), call.body().length() + 7), 5, false);
            case 8 -> call.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + own);
            case 9 -> call.write(head(call, "204 No Content", 5) + "hello");
            case 10 -> call.write(head(call, "304 Not Modified", 5) + "hello");
            case 11 -> breakOff(call, own.substring(0, own.length() / 2), 0, true);
            case 12 -> breakOff(call, own.substring(0, own.length() - 2), 0, false);
            case 13 -> breakOff(call, own.substring(0, own.length() - 2), 3, true);
            case 14 -> late(call, own, 40);
            case 15 -> late(call, own, 5);
            case 16 -> afterwards(call, own, echoes ? earlier.get() : "");
            case 17 -> breakOff(call, own, 0, false);
            case 18 -> call.write(head(call, "200 OK", -1) + chunked(call.body()));
            case 19 -> breakOff(call, head(call, "200 OK", -2) + call.body(), 0, false);
            default -> call.write(own);
        }
        earlier.set(own);
    }

    private static String stray() {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n\"foreign\"";
    }

    private String answer(Call call, String body, int length) {
        return head(call, "200 OK", length) + body;
    }

    private String head(Call call, String status, int length) {
        String bounds =
                length >= 0 ? "Content-Length: " + length : length == -1 ? "Transfer-Encoding: chunked" : "X-Y: Z";
        String echo = echoes ? "X-Echo: " + call.headers().get("X-Echo") + "\r\n" : "";
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + echo + bounds + "\r\n\r\n";
    }

    private static String chunked(String body) {
        return Scripts.chunk(body.substring(0, 3)) + Scripts.chunk(body.substring(3)) + "0\r\n\r\n";
    }

    private static void afterwards(Call call, String own, String more) throws IOException {
        call.write(own);
        pause(2);
        call.write(more);
    }

    private static void late(Call call, String own, int millis) throws IOException {
        pause(millis);
        call.write(own);
    }

    private static void breakOff(Call call, String text, int millis, boolean reset) throws IOException {
        call.write(text);
        pause(millis);
        if (reset) {
            call.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        call.socket().close();
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
