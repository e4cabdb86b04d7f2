package dev.foretell.router.health;

import dev.foretell.commons.wire.WorkerIndex;
import java.util.Optional;

/** The result of a probe. */
sealed interface ProbeResult {
    /** The worker is healthy; has the worker's index if the probe read one. */
    record Healthy(Optional<WorkerIndex> index) implements ProbeResult {
        @Override
        public boolean isPass() {
            return true;
        }

        @Override
        public boolean isCertain() {
            return true;
        }

        @Override
        public String reason() {
            return "passed";
        }
    }

    /** The worker responded, but not as it should; it may only be slow. */
    record Unhealthy(String reason) implements ProbeResult {
        @Override
        public boolean isPass() {
            return false;
        }

        @Override
        public boolean isCertain() {
            return false;
        }
    }

    /** The worker did not respond in time: it may be frozen, or busy with calls. */
    record Late() implements ProbeResult {
        @Override
        public boolean isPass() {
            return false;
        }

        @Override
        public boolean isCertain() {
            return false;
        }

        @Override
        public String reason() {
            return "it did not respond in time";
        }
    }

    /** Nothing listens at the worker's address. */
    record Unreachable(String reason) implements ProbeResult {
        @Override
        public boolean isPass() {
            return false;
        }

        @Override
        public boolean isCertain() {
            return true;
        }
    }

    boolean isPass();

    /** Whether one result of this kind is enough to act on. */
    boolean isCertain();

    String reason();
}
