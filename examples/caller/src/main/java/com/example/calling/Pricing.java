package com.example.calling;

import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.util.List;

/** The model: a worker in this program. */
public final class Pricing {
    private Pricing() {}

    /** Nine each, and a tenth off from ten items on. */
    public static Shop.Price price(List<Shop.Item> items) {
        int count = items.stream().mapToInt(Shop.Item::count).sum();
        return new Shop.Price(count * (count < 10 ? 9 : 8.1), count >= 10);
    }

    /** Serves it at a router until the program ends. */
    public static RunningWorker serve(String router) {
        return Worker.of("price", Pricing::price).register(router, "AI");
    }
}
