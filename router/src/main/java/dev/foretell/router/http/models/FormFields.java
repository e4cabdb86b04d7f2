package dev.foretell.router.http.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.edge.BodyRoom;
import io.vertx.core.http.HttpServerRequest;

/** What a form has beside its files, which is kept in memory until the last file is: within a bound, and the room for bodies. */
final class FormFields {
    /** What is read of a file before it is passed on counts for a while. */
    private static final int UNDER_WAY_BYTES = 256 << 10;

    private final BodyRoom room;
    private final int most;
    private long read;
    private long ofFiles;

    FormFields(HttpServerRequest request, int most) {
        this.room = new BodyRoom(request, 0, most + UNDER_WAY_BYTES);
        this.most = most;
    }

    /** So many bytes of the form have come. */
    void read(int bytes) {
        read += bytes;
    }

    /** So many of them were of a file. */
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
                            + " bytes, the most that is taken beside the file");
        }
        if (!room.fits(kept)) {
            throw new ServingException(
                    FailureKind.SHED, "the router holds as many bytes of bodies as its memory lets it; call again");
        }
    }
}
