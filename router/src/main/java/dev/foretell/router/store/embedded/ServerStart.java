package dev.foretell.router.store.embedded;

import java.io.IOException;
import java.time.Duration;

/** Starts the embedded server and waits until it responds, however long it takes to read its data. Blocking. */
final class ServerStart {
    private static final Duration MAX_SILENCE = Duration.ofSeconds(10);
    private static final Duration ONE_ANSWER = Duration.ofMillis(500);
    private static final Duration BETWEEN_ASKS = Duration.ofMillis(4);
    private static final String CLASH = "Could not create server TCP listening socket";

    /** Another program listens on the port. */
    static final class PortTakenException extends IOException {
        private static final long serialVersionUID = 1L;

        PortTakenException(String message) {
            super(message);
        }
    }

    private final ServerRun run;
    private final ServerConf conf;

    private ServerStart(ServerRun run, ServerConf conf) {
        this.run = run;
        this.conf = conf;
    }

    /**
     * @throws PortTakenException if another port may help; any other {@link IOException} has the server's last output
     */
    static ServerRun start(ServerBinary binary, ServerConf conf, DataFolder folder)
            throws IOException, InterruptedException {
        folder.writeSecret(DataFolder.CONF, conf.text(folder));
        ServerRun run = ServerRun.start(binary, folder.path(DataFolder.CONF));
        try {
            new ServerStart(run, conf).awaitAnswer();
            return run;
        } catch (IOException | InterruptedException e) {
            run.kill();
            throw e;
        }
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long heard = System.nanoTime();
        for (String answer = ask(); !answer.equals("+PONG"); answer = ask()) {
            if (answer.startsWith("-LOADING")) {
                heard = System.nanoTime();
            }
            if (System.nanoTime() - heard > MAX_SILENCE.toNanos()) {
                throw new IOException("it does not respond; its last output was:\n  " + run.lastWords());
            }
            if (run.awaitEnd(BETWEEN_ASKS)) {
                throw toFailure(run.lastWords());
            }
        }
    }

    /** The response of our own server; the server of a copied folder may have its port and the same password. */
    private String ask() {
        try (LoopbackRedis redis = LoopbackRedis.connect(conf.port(), ONE_ANSWER)) {
            return redis.login(conf.password()) && redis.processId() == run.pid() ? redis.say("PING") : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static IOException toFailure(String lastWords) {
        return lastWords.contains(CLASH)
                ? new PortTakenException(lastWords)
                : new IOException("it ended at once; its last output was:\n  " + lastWords);
    }
}
