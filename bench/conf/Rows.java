import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes a CSV of a given length: 18 numbers, some missing, a category, and a target that is linear in them but for outliers. */
final class Rows {
    private static final int NUMBERS = 18;
    private static final String[] COLOURS = {"red", "green", "blue", "white"};

    public static void main(String[] arguments) throws IOException {
        long bytes = Long.parseLong(arguments[1]);
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < NUMBERS; i++) {
            line.append('x').append(i).append(',');
        }
        line.append("colour,y\n");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 20)) {
            for (long written = 0; written < bytes; written += line.length()) {
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
                row(line, random);
            }
        }
    }

    private static void row(StringBuilder line, SplittableRandom random) {
        line.setLength(0);
        double target = 10;
        for (int i = 0; i < NUMBERS; i++) {
            int millionths = random.nextInt(2_000_000_000) - 1_000_000_000;
            boolean isMissing = i == 3 && random.nextInt(50) == 0;
            target += isMissing ? 0 : (i % 5 - 2) * 1e-6 * millionths;
            number(line, isMissing, millionths);
        }
        int colour = random.nextInt(COLOURS.length);
        target += 100 * colour + (random.nextInt(50) == 0 ? 5_000 : 30 * (random.nextDouble() - 0.5));
        line.append(COLOURS[colour]).append(',');
        number(line, false, (int) Math.round(1000 * target));
        line.setCharAt(line.length() - 1, '\n');
    }

    private static void number(StringBuilder line, boolean isMissing, int millionths) {
        if (!isMissing) {
            if (millionths < 0) {
                line.append('-');
            }
            int size = Math.abs(millionths);
            line.append(size / 1_000_000).append('.');
            String decimals = Integer.toString(1_000_000 + size % 1_000_000);
            line.append(decimals, 1, decimals.length());
        }
        line.append(',');
    }
}
