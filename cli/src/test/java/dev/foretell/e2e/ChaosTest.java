package dev.foretell.e2e;

/** Every fault, on the transport that is shipped: docs/reliability.md shows its table. */
class ChaosTest extends ChaosSuite {
    ChaosTest() {
        super(Transport.AUTO);
    }
}
