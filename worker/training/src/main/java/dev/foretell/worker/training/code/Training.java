package dev.foretell.worker.training.code;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What training code gets, and what it can tell while it runs. Thread-safe. */
public interface Training {
    /** The longest checkpoint, in characters. */
    int MAX_CHECKPOINT = 250_000;

    /** The table of the task: the file as its sender has it. */
    Path table();

    /** An empty folder for files of its own, which goes when the task ends. */
    Path folder();

    /** The parameters of the order: numbers, texts, lists and maps, as JSON has them. */
    Map<String, Object> parameters();

    /**
     * Tells how far it is; the router shows it within about a second.
     *
     * @param done from 0 to 1
     * @param step what it does now, for people
     */
    void progress(double done, String step);

    /** Tells a figure of the model, such as {@code accuracy}, which stays with its version; the last value counts. */
    void metric(String name, double value);

    /** Tells data that a call of the model may have, which the version is warmed up with: an input's name, and its values. */
    void sample(Map<String, Object> data);

    /** What a trainer before this one stored last; empty for a start from the beginning. */
    Optional<String> checkpoint();

    /**
     * Stores what another trainer can go on from, in place of what was stored before. It is safe about a second later.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_CHECKPOINT} characters
     */
    void checkpoint(String state);
}
