package dev.foretell.worker.training.code;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What training code gets, and what it can tell while it runs. Thread-safe. */
public interface Training {
    /** The longest checkpoint, in characters. */
    int MAX_CHECKPOINT = 250_000;

    /** The table of the task: the file, byte for byte as it was sent. */
    Path table();

    /** An empty folder for the code's own files; it is deleted when the task ends. */
    Path folder();

    /** The parameters of the order: numbers, texts, lists and maps, as JSON has them. */
    Map<String, Object> parameters();

    /**
     * Reports how far the training has come; the router shows it within about a second.
     *
     * @param done from 0 to 1
     * @param step the current step, for people to read
     */
    void progress(double done, String step);

    /** Reports a figure of the model, such as {@code accuracy}, which stays with its version; the last value counts. */
    void metric(String name, double value);

    /** Sets the data of a sample call, with which the version is warmed up: the name of each input, and its values. */
    void sample(Map<String, Object> data);

    /** The last checkpoint of this task; empty if it starts from the beginning. */
    Optional<String> checkpoint();

    /**
     * Stores a checkpoint in place of the one before: another trainer can go on from it. It is safe about a second later.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_CHECKPOINT} characters
     */
    void checkpoint(String state);
}
