package dev.foretell.router.http.experts;

import dev.foretell.commons.wire.WorkerEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL of an expert, such as {@code http://localhost:9003/test}: a worker and one of its functions. */
final class ExpertUrl {
    private static final Pattern FORM =
            Pattern.compile("http://(\\[[^/?#\\]]+]|[^/?#:@]+)(?::([0-9]{1,5}))?/([^/?#]+)");
    private static final String RULE = "url must be like http://localhost:9003/test";
    private static final int HTTP = 80;

    private ExpertUrl() {}

    /**
     * The worker that a URL stands for.
     *
     * @throws IllegalArgumentException for other URLs than of a worker's function
     */
    static WorkerEntry parse(String url) {
        Matcher fits = FORM.matcher(url);
        if (!fits.matches()) {
            throw new IllegalArgumentException(RULE);
        }
        String host = fits.group(1).replaceAll("[\\[\\]]", "");
        int port = fits.group(2) == null ? HTTP : Integer.parseInt(fits.group(2));
        return new WorkerEntry(host, port, 0, fits.group(3), null, null);
    }

    /** The URL of a worker's function; a worker without one has a function of its model's name. */
    static String of(WorkerEntry worker, String model) {
        String host = worker.host().contains(":") ? "[" + worker.host() + "]" : worker.host();
        String function = worker.function() == null ? model : worker.function();
        return "http://" + host + ":" + worker.port() + "/" + function;
    }
}
