package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rule by which the responses of an ensemble's members become one. */
public enum MergeRule {
    /** The arithmetic mean of each number. */
    @JsonProperty("mean")
    MEAN("mean"),
    /** The mean of each number, weighted by member. */
    @JsonProperty("weighted")
    WEIGHTED("weighted"),
    /** The median of each number. */
    @JsonProperty("median")
    MEDIAN("median"),
    @JsonProperty("min")
    MIN("min"),
    @JsonProperty("max")
    MAX("max"),
    /** The label with the most weight; among equals, that of the member listed first. */
    @JsonProperty("vote")
    VOTE("vote"),
    /** The class with the largest mean probability, weighted by member. */
    @JsonProperty("softVote")
    SOFT_VOTE("softVote"),
    /** The response that comes first; the other members are then cancelled. */
    @JsonProperty("first")
    FIRST("first"),
    /** All responses, by the names of the members. */
    @JsonProperty("all")
    ALL("all");

    private final String word;

    MergeRule(String word) {
        this.word = word;
    }

    /** The rule's name in recipes, such as {@code softVote}. */
    public String word() {
        return word;
    }

    public static Optional<MergeRule> of(String word) {
        return Arrays.stream(values()).filter(rule -> rule.word.equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(MergeRule::word).toList();
    }

    /** Whether the weights of the members count. */
    public boolean isWeighted() {
        return this == WEIGHTED || this == VOTE || this == SOFT_VOTE;
    }

    /** Whether it merges numbers, at any depth. */
    public boolean isOfNumbers() {
        return switch (this) {
            case MEAN, WEIGHTED, MEDIAN, MIN, MAX -> true;
            case VOTE, SOFT_VOTE, FIRST, ALL -> false;
        };
    }

    /** Whether it computes with doubles, so that digits beyond theirs do not count. */
    public boolean isOfDoubles() {
        return this == MEAN || this == WEIGHTED || this == SOFT_VOTE;
    }

    /** Whether the responses must be alike: those of {@link #FIRST} and {@link #ALL} need not be. */
    public boolean comparesResponses() {
        return this != FIRST && this != ALL;
    }
}
