package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/**
 * The error for a file that this host is too small for: {@link FailureKind#PAYLOAD_TOO_LARGE}, so that the router asks
 * another host, with a hint how to start a larger one.
 */
final class TooSmallHost {
    private TooSmallHost() {}

    /** @param why the runtime's message */
    static ServingException ofMemory(String why) {
        return tooLarge("it has too little memory to inspect the model: " + why
                + "; start one with more: foretell host --memory SIZE");
    }

    /** @param stage the current step, as the end of a sentence */
    static ServingException ofMachine(String stage) {
        return tooLarge("its machine has no memory left to inspect the model: the inspection process was killed" + stage
                + "; start one on a machine with more");
    }

    /** @param full the error of its folder */
    static ServingException ofDisk(ServingException full) {
        return tooLarge(full.detail() + "; start one with more: foretell host --set shelf.disk=SIZE");
    }

    private static ServingException tooLarge(String what) {
        return new ServingException(FailureKind.PAYLOAD_TOO_LARGE, what);
    }
}
