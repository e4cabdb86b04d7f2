package dev.foretell.e2e;

import dev.foretell.edge.EventLoops;

/** Every fault, on the transport that is shipped: docs/reliability.md shows its table. */
class ChaosTest extends ChaosSuite {
    ChaosTest() {
        super(EventLoops.AUTO);
    }
}
