package dev.foretell.client;

import java.util.Optional;

/**
 * The body of a response.
 *
 * @param bytes all of it; empty where it is read piece by piece
 * @param pieces how to read it piece by piece
 */
record Received(byte[] bytes, Optional<PieceQueue> pieces) {}
