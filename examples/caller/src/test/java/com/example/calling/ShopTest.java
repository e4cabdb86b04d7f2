package com.example.calling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foretell.client.ForetellClient;
import dev.foretell.worker.RunningWorker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Against a router that runs: {@code -Dforetell.router=http://localhost:8000}. */
class ShopTest {
    private static final String ROUTER = System.getProperty("foretell.router", "http://localhost:8000");
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MAX_LOOKS = 400;

    @Test
    void tenItemsAreCheaper() {
        try (RunningWorker worker = Pricing.serve(ROUTER)) {
            assertTrue(isCallable(worker.functions().get(0)));

            List<Shop.Item> order = List.of(new Shop.Item("pen", 4), new Shop.Item("ink", 6));
            assertEquals(new Shop.Price(81, true), new Shop(ROUTER).price(order));
        }
    }

    /** The worker registers itself, and the router probes it; that takes a moment. */
    private static boolean isCallable(String model) {
        ForetellClient client = ForetellClient.at(ROUTER);
        for (int looks = 0; looks < MAX_LOOKS; looks++) {
            if (client.catalog().models().stream()
                    .anyMatch(status -> status.name().equals(model) && status.isReady())) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }
}
