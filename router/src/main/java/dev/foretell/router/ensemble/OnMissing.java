package dev.foretell.router.ensemble;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rule for a call with a member that gives no mergeable response. */
public enum OnMissing {
    /** The others are merged by their weights if they make a quorum. */
    @JsonProperty("reweight")
    REWEIGHT("reweight"),
    /** The call fails. */
    @JsonProperty("fail")
    FAIL("fail");

    private final String word;

    OnMissing(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static Optional<OnMissing> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(OnMissing::word).toList();
    }
}
