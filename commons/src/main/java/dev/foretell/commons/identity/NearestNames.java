package dev.foretell.commons.identity;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggests similar names for a name that does not exist. */
public final class NearestNames {
    private static final int MAX = 3;
    /** Bounds the comparisons, so that a wrong name stays cheap. */
    private static final int MAX_COMPARED = 2000;

    private NearestNames() {}

    /**
     * {@code "; did you mean fib, fob?"}, or an empty text if no name is similar. A similar name starts with the wanted
     * text or differs in a few letters.
     */
    public static String of(String wanted, Collection<String> names) {
        String cut = abbreviate(wanted).toLowerCase(Locale.ROOT);
        List<String> nearest = names.stream()
                .distinct()
                .limit(MAX_COMPARED)
                .filter(name -> isNear(cut, name.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.<String>comparingInt(name -> distance(cut, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MAX)
                .toList();
        return nearest.isEmpty() ? "" : "; did you mean " + String.join(", ", nearest) + "?";
    }

    private static boolean isNear(String wanted, String name) {
        return (wanted.length() > 1 && name.startsWith(wanted))
                || (name.length() > 1 && wanted.startsWith(name))
                || distance(wanted, name) <= (wanted.length() + 2) / 3;
    }

    /** Shortens a name from outside for display. */
    public static String abbreviate(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    /** The Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
