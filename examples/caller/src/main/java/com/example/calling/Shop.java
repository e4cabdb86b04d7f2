package com.example.calling;

import dev.foretell.client.ForetellClient;
import java.util.List;

/** Asks a model what an order costs. */
public final class Shop {
    /** A line of an order. */
    public record Item(String name, int count) {}

    /** What the model answers. */
    public record Price(double total, boolean discount) {}

    private record Order(List<Item> items) {}

    private final ForetellClient foretell;

    public Shop(String router) {
        foretell = ForetellClient.at(router);
    }

    public Price price(List<Item> items) {
        return foretell.predict("price", new Order(items), Price.class);
    }
}
