package dev.foretell.router.health;

import dev.foretell.commons.wire.WorkerIndex;
import java.util.Optional;

/** What a probe found. */
sealed interface ProbeResult {
    /** The worker is well; its index, where the probe read one. */
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

    /** The worker is there, but did not answer as it should; it may only be slow. */
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

    /** The worker did not answer in time: it may be frozen, or busy with calls. */
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
            return "no answer in time";
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

    /** Whether one such result is enough to act on. */
    boolean isCertain();

    String reason();
}
