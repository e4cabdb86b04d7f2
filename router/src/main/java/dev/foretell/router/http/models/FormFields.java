package dev.foretell.router.http.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.edge.BodyRoom;
import io.vertx.core.http.HttpServerRequest;

/**
 * Everything in a form besides its file. It stays in memory until the file is complete, within its own bound and the
 * memory for bodies.
 */
final class FormFields {
    /** The bytes of a file that are read but not yet passed on. */
    private static final int UNDER_WAY_BYTES = 256 << 10;

    private final BodyRoom room;
    private final int most;
    private long read;
    private long ofFiles;

    FormFields(HttpServerRequest request, int most) {
        this.room = new BodyRoom(request, 0, most + UNDER_WAY_BYTES);
        this.most = most;
    }

    /** This many bytes of the form have arrived. */
    void read(int bytes) {
        read += bytes;
    }

    /** This many of them belong to a file. */
    void ofFile(int bytes) {
        ofFiles += bytes;
    }

    /** @throws ServingException {@link FailureKind#PAYLOAD_TOO_LARGE}, or {@link FailureKind#SHED} */
    void require() {
        long kept = read - ofFiles;
        if (kept > most + UNDER_WAY_BYTES) {
            throw new ServingException(
                    FailureKind.PAYLOAD_TOO_LARGE,
                    "the form's fields (sample, labels, description, …) are longer than " + most
                            + " bytes, the maximum besides the file");
        }
        if (!room.fits(kept)) {
            throw new ServingException(
                    FailureKind.SHED, "the bodies of all requests fill the router's memory for them; call again");
        }
    }
}
