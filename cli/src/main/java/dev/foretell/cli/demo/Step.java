package dev.foretell.cli.demo;

import java.io.IOException;

/** One step of the tour. */
record Step(String heading, Show show) {
    /** Runs and checks the step. */
    interface Show {
        /** Returns the result in a few words. */
        String run() throws DemoFailure, IOException, InterruptedException;
    }
}
