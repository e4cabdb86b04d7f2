package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/**
 * What a host says of a file that it is too small for: {@link FailureKind#PAYLOAD_TOO_LARGE}, upon which the router asks another
 * one, and how to start a larger one, where there is none.
 */
final class TooSmallHost {
    private TooSmallHost() {}

    /** @param why what found no memory, in the runtime's words */
    static ServingException ofMemory(String why) {
        return tooLarge("it has too little memory to look at the model: " + why
                + "; start one with more: foretell host --memory SIZE");
    }

    /** @param stage what was going on, as the end of a sentence */
    static ServingException ofMachine(String stage) {
        return tooLarge("its machine has no memory left to look at the model: the process for that was ended" + stage
                + "; start one on a machine with more");
    }

    /** @param full what its folder said */
    static ServingException ofDisk(ServingException full) {
        return tooLarge(full.detail() + "; start one with more: foretell host --set shelf.disk=SIZE");
    }

    private static ServingException tooLarge(String what) {
        return new ServingException(FailureKind.PAYLOAD_TOO_LARGE, what);
    }
}
