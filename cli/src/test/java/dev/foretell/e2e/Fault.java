package dev.foretell.e2e;

import java.util.List;
import java.util.OptionalInt;

/** Something that goes wrong while callers call. */
interface Fault extends AutoCloseable {
    /** The ports of the workers that it befalls; none where it befalls something else. */
    default List<Integer> ports() {
        return List.of();
    }

    /** Registers the model's workers. */
    default void prepare(Stage stage, String model, int number) {
        Stage.eventually().until(() -> stage.register(model, number, ports()).status() == 200);
        ports().forEach(port -> stage.awaitState(port, "READY"));
    }

    /** Brings it about, and waits until the router has noticed where it is to notice. */
    void begin(Stage stage, Traffic traffic);

    /** Puts it right, and waits until the router has noticed. */
    void end(Stage stage, Traffic traffic);

    /** How many calls may fail: none, as long as one healthy worker and the router are there. */
    default int mostFailed(int callers) {
        return 0;
    }

    /** The least that the router should have counted. */
    default long leastCounted(Traffic traffic) {
        return traffic.answered();
    }

    /** Different calls that the worker saw, where it can tell. */
    default OptionalInt seen() {
        return OptionalInt.empty();
    }

    /** Whether every call that failed at the worker had reached it. */
    default boolean seesEveryFailure() {
        return false;
    }

    @Override
    void close();
}
