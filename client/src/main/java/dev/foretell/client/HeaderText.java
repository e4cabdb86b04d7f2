package dev.foretell.client;

/** Texts that are sent in headers. */
final class HeaderText {
    private HeaderText() {}

    /**
     * The text, if a header can hold it.
     *
     * @param what it is, for the message; the text itself may be a secret
     */
    static String of(String what, String text) {
        if (text.isBlank() || !text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(what + " is sent in a header: plain ASCII, and not blank");
        }
        return text;
    }
}
