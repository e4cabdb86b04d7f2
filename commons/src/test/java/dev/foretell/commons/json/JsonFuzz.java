package dev.foretell.commons.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** JSON texts of which about half are spoilt in some way. */
final class JsonFuzz {
    private static final String[] SCALARS = {
        "0",
        "-0",
        "1",
        "-12",
        "3.25",
        "1e5",
        "1E+5",
        "-0.1e-3",
        "12345678901234567890",
        "true",
        "false",
        "null",
        "\"\"",
        "\"a\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e9\\ud83d\\uDE00\"",
        "\"é€😀\"",
        "\"\\ud800\""
    };
    private static final String[] SPOILT = {
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "tru",
        "nulll",
        "NaN",
        "Infinity",
        "'a'",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "\"\u0001\"",
        "[1,]",
        """
        {"a":1,}""",
        "{a:1}",
        """
        {"a"}""",
        "[,1]",
        "\"",
        "{",
        "]",
        "1 2",
        "// c",
        "-Infinity",
        "0x1"
    };
    private static final byte[] SPICE = {
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '0',
        '9',
        '-',
        '.',
        'e',
        ' ',
        '\n',
        't',
        'u',
        0,
        1,
        0x7f,
        (byte) 0x80,
        (byte) 0xc0,
        (byte) 0xc3,
        (byte) 0xa9,
        (byte) 0xed,
        (byte) 0xa0,
        (byte) 0xf4,
        (byte) 0x90,
        (byte) 0xff
    };
    private static final String[] SPACES = {"", "", "", " ", "\n", "\t\r\n"};

    private JsonFuzz() {}

    static byte[] text(Random random) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(40) == 0) {
            text.append('\uFEFF');
        }
        space(text, random);
        if (random.nextInt(20) == 0) {
            edge(text, random);
        } else {
            value(text, random, 0);
        }
        space(text, random);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return random.nextInt(3) == 0 ? spoilt(bytes, random) : bytes;
    }

    private static void edge(StringBuilder text, Random random) {
        int around = random.nextInt(4) - 1;
        switch (random.nextInt(4)) {
            case 0 -> text.append("[".repeat(499 + around)).append("]".repeat(499 + around));
            case 1 -> text.append("{\"a\":".repeat(499 + around)).append('1').append("}".repeat(499 + around));
            case 2 -> text.append("[").append("7".repeat(999 + around)).append("]");
            default ->
                text.append("[-")
                        .append("7".repeat(499))
                        .append(".")
                        .append("5".repeat(490 + around))
                        .append("e-123456789]");
        }
    }

    private static void value(StringBuilder text, Random random, int depth) {
        int kind = depth > 5 ? 0 : random.nextInt(10);
        if (kind < 3) {
            text.append(SCALARS[random.nextInt(SCALARS.length)]);
        } else if (kind == 3 && random.nextInt(4) == 0) {
            text.append(SPOILT[random.nextInt(SPOILT.length)]);
        } else {
            members(text, random, depth, kind % 2 == 0);
        }
    }

    private static void members(StringBuilder text, Random random, int depth, boolean object) {
        text.append(object ? '{' : '[');
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",");
            space(text, random);
            if (object) {
                text.append(name(random));
                space(text, random);
                text.append(':');
                space(text, random);
            }
            value(text, random, depth + 1);
            space(text, random);
        }
        text.append(object ? '}' : ']');
    }

    private static String name(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "\"data\"";
            case 1 -> "\"modelId\"";
            case 2 -> "\"d\\u0061ta\"";
            case 3 -> "\"é" + "n".repeat(random.nextInt(40)) + "😀\"";
            default -> "\"k" + random.nextInt() + "\"";
        };
    }

    private static void space(StringBuilder text, Random random) {
        text.append(SPACES[random.nextInt(SPACES.length)]);
    }

    private static byte[] spoilt(byte[] bytes, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = random.nextInt(bytes.length + 1);
        out.write(bytes, 0, at);
        int left = bytes.length - at;
        byte spice = SPICE[random.nextInt(SPICE.length)];
        switch (random.nextInt(4)) {
            case 0 -> out.write(spice);
            case 1 -> {
                out.write(spice);
                left = Math.max(0, left - 1);
            }
            case 2 -> left = Math.max(0, left - 1 - random.nextInt(3));
            default -> left = 0;
        }
        return concat(out.toByteArray(), Arrays.copyOfRange(bytes, bytes.length - left, bytes.length));
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
