package dev.foretell.router;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code /metrics} says, sample by sample. */
record Exposition(Map<String, Double> samples, Map<String, String> types) {
    private static final Pattern SAMPLE = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)})? ([^ ]+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    static Exposition of(LiveRouter router) {
        LiveRouter.Answer answer = router.get("/metrics");
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return parse(answer.body());
    }

    static Exposition parse(String text) {
        Map<String, Double> samples = new TreeMap<>();
        Map<String, String> types = new HashMap<>();
        text.lines().forEach(line -> {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                sample(samples, line);
            }
        });
        return new Exposition(samples, types);
    }

    private static void sample(Map<String, Double> samples, String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        String labels = matcher.group(2) == null ? "" : matcher.group(2);
        double value =
                matcher.group(3).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(matcher.group(3));
        if (samples.put(matcher.group(1) + labels(labels), value) != null) {
            throw new AssertionError("twice: " + line);
        }
    }

    /** {@code {model=AI/fib,outcome=ok}}: by name, empty ones left out. */
    private static String labels(String text) {
        return LABEL.matcher(text)
                .results()
                .filter(label -> !label.group(2).isEmpty())
                .sorted(Comparator.comparing(label -> label.group(1)))
                .map(label -> label.group(1) + "=" + label.group(2))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The value of a sample such as {@code foretell_requests_total{model=AI/fib,outcome=ok}}; 0 where there is none. */
    double value(String sample) {
        return samples.getOrDefault(sample.contains("{") ? sample : sample + "{}", 0.0);
    }
}
