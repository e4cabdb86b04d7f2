package dev.foretell.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * The routers' URLs. Calls take turns among them; a router that has just refused a connection is asked last for a while.
 * Thread-safe.
 */
final class Routers {
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final List<URI> urls;
    private final LongSupplier nanoClock;
    private final AtomicInteger turn = new AtomicInteger();
    /** When each one's rest ends. */
    private final AtomicLongArray rests;

    Routers(List<String> urls, LongSupplier nanoClock) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a client needs the URL of a router, such as http://localhost:8000");
        }
        this.urls = urls.stream().map(Routers::url).toList();
        this.nanoClock = nanoClock;
        this.rests = new AtomicLongArray(urls.size());
        for (int i = 0; i < urls.size(); i++) {
            rests.set(i, nanoClock.getAsLong());
        }
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean isPlain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!isHttp || !isPlain || url.getHost() == null) {
            throw new IllegalArgumentException(wrong(text));
        }
        return url;
    }

    private static String wrong(String text) {
        return "a router's URL is like http://localhost:8000, not '" + text
                + "'; a host name holds letters, digits, dots and dashes";
    }

    int size() {
        return urls.size();
    }

    /** All of them, in the order in which a call is to try them. */
    List<URI> order() {
        int first = Math.floorMod(turn.getAndIncrement(), urls.size());
        long now = nanoClock.getAsLong();
        List<URI> order = new ArrayList<>(urls.size());
        List<URI> resting = new ArrayList<>(0);
        for (int i = 0; i < urls.size(); i++) {
            int at = (first + i) % urls.size();
            (rests.get(at) - now > 0 ? resting : order).add(urls.get(at));
        }
        order.addAll(resting);
        return order;
    }

    /** It has refused a connection. */
    void rest(URI router) {
        rests.set(urls.indexOf(router), nanoClock.getAsLong() + REST_NANOS);
    }
}
