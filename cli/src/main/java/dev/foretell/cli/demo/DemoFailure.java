package dev.foretell.cli.demo;

/** A step of the tour failed; the message has the actual result. */
final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private DemoFailure(String message) {
        super(message, null, false, false);
    }

    /** @throws DemoFailure unless the result is as expected */
    static void unless(boolean asExpected, String otherwise) throws DemoFailure {
        if (!asExpected) {
            throw new DemoFailure(otherwise);
        }
    }
}
