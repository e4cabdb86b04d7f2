package dev.foretell.e2e;

import dev.foretell.edge.EventLoops;
import java.util.stream.Stream;

/** The faults of sockets, on NIO. */
class ChaosOnNioTest extends ChaosSuite {
    ChaosOnNioTest() {
        super(EventLoops.NIO);
    }

    @Override
    Stream<Case> cases() {
        return super.cases().filter(Case::isOfSockets);
    }
}
