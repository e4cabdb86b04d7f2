package dev.foretell.e2e;

import java.util.stream.Stream;

/** The faults of sockets, on io_uring, where the machine has it. */
class ChaosOnIoUringTest extends ChaosSuite {
    ChaosOnIoUringTest() {
        super(Transport.IO_URING);
    }

    @Override
    Stream<Case> cases() {
        return super.cases().filter(Case::isOfSockets);
    }
}
