package dev.foretell.router.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The text of one scrape, a bounded number of points at a time: first the families in turn, then the process metrics.
 * Used by one thread at a time.
 */
final class Scrape implements Iterator<byte[]> {
    private static final int AT_ONCE = 200;
    private static final byte[] NOTHING = {};

    private final String form;
    /** Writes the given page and stores nothing else. */
    private final PrometheusMeterRegistry writer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final Function<Family, List<Consumer<Page>>> sources;
    private final Supplier<byte[]> last;
    private int family = -1;
    private List<Consumer<Page>> points = List.of();
    private int point;
    private boolean headed;
    private boolean over;

    Scrape(String form, Function<Family, List<Consumer<Page>>> sources, Supplier<byte[]> last) {
        this.form = form;
        this.sources = sources;
        this.last = last;
    }

    @Override
    public boolean hasNext() {
        return !over;
    }

    /** May be empty. */
    @Override
    public byte[] next() {
        if (over) {
            throw new NoSuchElementException();
        }
        if (point == points.size() && !nextFamily()) {
            over = true;
            return last.get();
        }
        Page page = new Page(Family.values()[family]);
        int to = Math.min(points.size(), point + AT_ONCE);
        points.subList(point, to).forEach(source -> source.accept(page));
        point = to;
        return page.isEmpty() ? NOTHING : text(page);
    }

    private boolean nextFamily() {
        family++;
        point = 0;
        headed = false;
        points = family < Family.values().length ? sources.apply(Family.values()[family]) : List.of();
        return family < Family.values().length;
    }

    /** Omits comments, except before the first points of a family. */
    private byte[] text(Page page) {
        String text = write(page);
        int from = headed ? pointsFrom(text) : 0;
        int to = text.endsWith("# EOF\n") ? text.length() - "# EOF\n".length() : text.length();
        headed = true;
        return text.substring(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static int pointsFrom(String text) {
        int from = 0;
        while (text.startsWith("# ", from)) {
            from = text.indexOf('\n', from) + 1;
        }
        return from;
    }

    private String write(Page page) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
            MultiCollector shown = () -> MetricSnapshots.of(page.snapshot());
            writer.getPrometheusRegistry().register(shown);
            writer.scrape(out, form);
            writer.getPrometheusRegistry().unregister(shown);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
