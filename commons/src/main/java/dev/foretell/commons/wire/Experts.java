package dev.foretell.commons.wire;

/** The names that routers, experts and the command share. An expert is a model of the type {@link #TYPE} that one worker serves. */
public final class Experts {
    /** The model type of experts. */
    public static final String TYPE = "expert";
    /** Where a router lists experts and takes their registrations. */
    public static final String PATH = "/model";
    /** The function that trains an expert. */
    public static final String TRAIN = "train";
    /** The function that predicts; an expert is registered with its URL. */
    public static final String TEST = "test";

    private Experts() {}
}
