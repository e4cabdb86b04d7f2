package dev.foretell.worker.spark;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The address of a cluster. Spark itself takes a minute to find that nobody listens there, and says that it was stopped.
 *
 * @param master such as {@code spark://host:7077}, or {@code spark://one:7077,other:7077} for masters that stand in for each other
 */
record ClusterAddress(String master) {
    private static final String STANDALONE = "spark://";
    private static final int PATIENCE_MS = 5000;

    /**
     * Connects to the first master that listens; waits 5 seconds for each. Clusters of other kinds are taken at their word.
     *
     * @throws ServingException NO_WORKER if none listens
     */
    void requireListener() {
        if (!master.startsWith(STANDALONE)) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        for (String address : master.substring(STANDALONE.length()).split(",")) {
            String reason = reasonOfSilence(address);
            if (reason.isEmpty()) {
                return;
            }
            reasons.add(reason);
        }
        throw silence(String.join(", ", reasons));
    }

    /** Whoever listens there is no Spark that takes this application. */
    ServingException refusal() {
        return silence("who listens there does not take the application; the task's log has what Spark said");
    }

    private ServingException silence(String reason) {
        return new ServingException(
                FailureKind.NO_WORKER,
                "no Spark answers at " + master + " (" + reason + "): start its master there, name another address"
                        + " (parameters.master, --master), or leave it out for the trainer's own machine");
    }

    private static String reasonOfSilence(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            String host = address.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
            socket.connect(new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))), PATIENCE_MS);
            return "";
        } catch (UnknownHostException unknown) {
            return "unknown host";
        } catch (IOException silent) {
            return String.valueOf(silent.getMessage());
        } catch (IllegalArgumentException noPort) {
            return "it must end with a port";
        }
    }
}
