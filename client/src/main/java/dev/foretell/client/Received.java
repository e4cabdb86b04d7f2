package dev.foretell.client;

import java.util.Optional;

/**
 * The body of a response.
 *
 * @param bytes all of it; empty where it is read piece by piece
 * @param pieces how to read it piece by piece
 */
record Received(byte[] bytes, Optional<PieceQueue> pieces) {
    static Received whole(byte[] bytes) {
        return new Received(bytes, Optional.empty());
    }

    static Received inPieces(PieceQueue pieces) {
        return new Received(new byte[0], Optional.of(pieces));
    }
}
