package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What other callers do to the router while those of the traffic call it: both get the same workers. */
final class CallerFaults {
    private CallerFaults() {}

    /** Whatever they did, the router has as many descriptors after it as before. */
    private abstract static class OfCallers implements Fault {
        private OptionalInt before = OptionalInt.empty();

        @Override
        public final void begin(Stage stage, Traffic traffic) {
            before = stage.descriptors();
            attack(stage);
        }

        abstract void attack(Stage stage);

        @Override
        public final void end(Stage stage, Traffic traffic) {
            close();
            before.ifPresent(some -> Stage.eventually()
                    .untilAsserted(
                            () -> assertThat(stage.descriptors().orElseThrow()).isLessThan(some + 100)));
        }
    }

    /** They send a call, or half of one, and are gone. */
    static final class HangingUp extends OfCallers {
        private static final int THREADS = 4;
        private static final int CALLS = 2000;

        private final AtomicBoolean ends = new AtomicBoolean();
        private final AtomicInteger hungUp = new AtomicInteger();
        private final List<Thread> attackers = new ArrayList<>();

        @Override
        void attack(Stage stage) {
            Stage.eventually()
                    .until(() -> stage.register("abandoned", 100, List.of()).status() == 200);
            for (int i = 0; i < THREADS; i++) {
                Thread attacker = new Thread(() -> hangUpAgainAndAgain(stage.port()), "hangs-up-" + i);
                attacker.setDaemon(true);
                attackers.add(attacker);
                attacker.start();
            }
            Stage.eventually().until(() -> hungUp.get() > CALLS);
        }

        private void hangUpAgainAndAgain(int port) {
            byte[] call = request("POST /v1/AI_model/predict", """
                    {"modelId": "abandoned", "data": {"n": 1}}""");
            while (!ends.get()) {
                int number = hungUp.getAndIncrement();
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    socket.getOutputStream().write(call, 0, number % 4 == 3 ? call.length / 2 : call.length);
                    if (number % 2 == 1) {
                        socket.setSoLinger(true, 0);
                    }
                } catch (IOException e) {
                    hungUp.decrementAndGet();
                }
            }
        }

        @Override
        public void close() {
            ends.set(true);
            attackers.forEach(CallerFaults::join);
        }
    }

    /** They ask thousands of times on one connection, and read no answer. */
    static final class ReadingNothing extends OfCallers {
        private static final int REQUESTS = 4000;

        private final List<Socket> sockets = new ArrayList<>();
        private final List<Thread> attackers = new ArrayList<>();

        @Override
        void attack(Stage stage) {
            byte[] request = request("GET /openapi.yaml", "");
            for (int i = 0; i < 4; i++) {
                Socket socket = connect(stage.port());
                sockets.add(socket);
                Thread attacker = new Thread(() -> sendAgainAndAgain(socket, request), "reads-nothing-" + i);
                attacker.setDaemon(true);
                attackers.add(attacker);
                attacker.start();
            }
        }

        private static Socket connect(int port) {
            try {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(2048);
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return socket;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void sendAgainAndAgain(Socket socket, byte[] request) {
            try {
                for (int i = 0; i < REQUESTS; i++) {
                    socket.getOutputStream().write(request);
                }
            } catch (IOException closed) {
                // the router, or the test, closed it
            }
        }

        @Override
        public void close() {
            for (Socket socket : sockets) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            attackers.forEach(CallerFaults::join);
        }
    }

    private static byte[] request(String line, String body) {
        return (line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
