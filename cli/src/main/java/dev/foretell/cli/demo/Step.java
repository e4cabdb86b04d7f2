package dev.foretell.cli.demo;

import java.io.IOException;

/** One stop of the tour. */
record Step(String heading, Show show) {
    /** What is shown, and checked. */
    interface Show {
        /** Returns, in a few words, what was seen. */
        String run() throws DemoFailure, IOException, InterruptedException;
    }
}
