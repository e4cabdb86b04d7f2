package dev.foretell.router.http.edge;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.util.List;

/** Ranges of addresses, such as {@code 10.0.0.0/8} or {@code ::1/128}. Immutable. */
final class CidrList {
    private final List<Range> ranges;

    private record Range(BigInteger prefix, int bytes, int dropBits) {
        boolean contains(byte[] address) {
            return address.length == bytes
                    && new BigInteger(1, address).shiftRight(dropBits).equals(prefix);
        }
    }

    private CidrList(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** @throws IllegalArgumentException with the first invalid range */
    static CidrList parse(List<String> texts) {
        return new CidrList(texts.stream().map(CidrList::range).toList());
    }

    /** Whether an address, given as text, is in one of the ranges. */
    boolean contains(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && ranges.stream().anyMatch(range -> range.contains(bytes));
    }

    private static Range range(String text) {
        String[] parts = text.split("/", 2);
        byte[] network = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        int bits = network == null ? -1 : bits(parts, network.length * 8);
        if (network == null || bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException("'" + text + "' is not an address range like 10.0.0.0/8");
        }
        int drop = network.length * 8 - bits;
        return new Range(new BigInteger(1, network).shiftRight(drop), network.length, drop);
    }

    private static int bits(String[] parts, int all) {
        if (parts.length == 1) {
            return all;
        }
        return parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
    }
}
