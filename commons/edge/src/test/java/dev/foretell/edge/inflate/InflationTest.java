package dev.foretell.edge.inflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InflationTest {
    private static final String TEXT = "what was sent, ".repeat(500);

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] deflate(String text, boolean bare) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, new Deflater(6, bare))) {
            deflate.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** With all that a head may have: RFC 1952, 2.3. */
    private static byte[] withWholeHead(byte[] gzip) {
        byte[] head = {0x1f, (byte) 0x8b, 8, 31, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 0};
        CRC32 checksum = new CRC32();
        checksum.update(head);
        byte[] all = Arrays.copyOf(head, head.length + 2 + gzip.length - 10);
        all[head.length] = (byte) checksum.getValue();
        all[head.length + 1] = (byte) (checksum.getValue() >> 8);
        System.arraycopy(gzip, 10, all, head.length + 2, gzip.length - 10);
        return all;
    }

    private static String inflated(Inflation inflation, byte[] compressed, int piece) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] room = new byte[100];
        for (int at = 0; at < compressed.length; at += piece) {
            inflation.feed(Arrays.copyOfRange(compressed, at, Math.min(at + piece, compressed.length)));
            int written = inflation.inflate(room);
            while (written > 0) {
                out.write(room, 0, written);
                written = inflation.inflate(room);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void takesPiecesOfAnyLength(int piece) throws Exception {
        for (byte[] gzip : new byte[][] {gzip(TEXT), withWholeHead(gzip(TEXT))}) {
            Inflation inflation = BodyCoding.GZIP.inflation();
            assertThat(inflated(inflation, gzip, piece)).isEqualTo(TEXT);
            assertThat(inflation.isWhole()).isTrue();
            inflation.close();
        }
        for (boolean bare : new boolean[] {true, false}) {
            Inflation inflation = BodyCoding.DEFLATE.inflation();
            assertThat(inflated(inflation, deflate(TEXT, bare), piece)).isEqualTo(TEXT);
            assertThat(inflation.isWhole()).isTrue();
            inflation.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void takesSeveralMembersOneAfterAnother(int piece) throws Exception {
        byte[] first = gzip("one ");
        byte[] second = gzip("two");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        Inflation inflation = BodyCoding.GZIP.inflation();

        assertThat(inflated(inflation, both, piece)).isEqualTo("one two");
        assertThat(inflation.isWhole()).isTrue();
    }

    @Test
    void knowsWhatIsNotWhole() throws Exception {
        byte[] gzip = gzip(TEXT);
        byte[] deflate = deflate(TEXT, false);

        for (int length = 0; length < gzip.length; length++) {
            Inflation inflation = BodyCoding.GZIP.inflation();
            inflated(inflation, Arrays.copyOf(gzip, length), 1000);
            assertThat(inflation.isWhole()).isFalse();
        }
        for (int length = 0; length < deflate.length; length++) {
            Inflation inflation = BodyCoding.DEFLATE.inflation();
            inflated(inflation, Arrays.copyOf(deflate, length), 1000);
            assertThat(inflation.isWhole()).isFalse();
        }
    }

    @Test
    void refusesWhatIsChangedOrFollowsTheEnd() throws Exception {
        byte[] changed = gzip(TEXT);
        changed[changed.length - 6] ^= 1;
        byte[] deflate = deflate(TEXT, false);

        assertThatThrownBy(() -> inflated(BodyCoding.GZIP.inflation(), changed, 1000))
                .isInstanceOf(DataFormatException.class);
        assertThatThrownBy(() ->
                        inflated(BodyCoding.GZIP.inflation(), Arrays.copyOf(gzip(TEXT), gzip(TEXT).length + 1), 1000))
                .isInstanceOf(DataFormatException.class);
        assertThatThrownBy(() ->
                        inflated(BodyCoding.DEFLATE.inflation(), Arrays.copyOf(deflate, deflate.length + 1), 1000))
                .isInstanceOf(DataFormatException.class);
    }
}
