package dev.foretell.router.metrics;

import java.util.List;

/** All metrics of the router. */
enum Family {
    REQUESTS(Kind.COUNTER, "requests", "Predict calls by outcome for their callers.", "model", "version", "outcome"),
    REQUEST_DURATION(
            Kind.HISTOGRAM,
            "request_duration_seconds",
            "Duration of predict calls with any outcome; for a stream, until its start.",
            "model",
            "version"),
    QUEUE_DURATION(
            Kind.SUMMARY,
            "queue_duration_seconds",
            "Wait of the calls that were admitted after waiting for their model's limit.",
            "model",
            "version"),
    OVERHEAD(
            Kind.HISTOGRAM,
            "overhead_seconds",
            "Time of answered calls outside of workers, for calls that were not in a batch."),
    INFLIGHT(
            Kind.GAUGE,
            "inflight",
            "Calls in flight at the model's workers, including calls for other models at the same addresses.",
            "model",
            "version"),
    ROUTER_INFLIGHT(Kind.GAUGE, "router_inflight", "Calls in this router, including waiting ones."),
    ROUTER_SHED(Kind.COUNTER, "router_shed", "Calls refused because the router itself was full."),
    QUEUE_DEPTH(Kind.GAUGE, "queue_depth", "Calls that wait for their model's limit.", "model", "version", "priority"),
    CONCURRENCY_LIMIT(
            Kind.GAUGE, "concurrency_limit", "Current limit on the model's calls in flight.", "model", "version"),
    RETRIES(
            Kind.COUNTER,
            "retries",
            "Calls sent to another worker after a failure of this kind.",
            "model",
            "version",
            "reason"),
    RETRY_BUDGET_EXHAUSTED(
            Kind.COUNTER,
            "retry_budget_exhausted",
            "Calls that failed because the retry budget was exhausted.",
            "model",
            "version"),
    HEDGES(Kind.COUNTER, "hedges", "Hedged calls, by whether their hedge responded first.", "model", "version", "won"),
    COPIES(Kind.COUNTER, "copies", "Calls hedged at another worker because theirs was silent.", "model", "version"),
    FALLBACK(Kind.COUNTER, "fallback", "Fallback responses.", "model", "version", "reason"),
    CACHE_HITS(Kind.COUNTER, "cache_hits", "Responses from the cache.", "model", "version"),
    BATCH_SIZE(
            Kind.HISTOGRAM,
            "batch_size",
            "Number of calls per batch, for models that have had one.",
            "model",
            "version"),
    SHADOW_DISAGREEMENT(
            Kind.GAUGE,
            "shadow_disagreement_ratio",
            "Share of compared responses in which the model's shadow differs.",
            "model"),
    PANIC(
            Kind.GAUGE,
            "panic",
            "1 while so few workers of the model can take calls that ejections are ignored.",
            "model",
            "version"),
    WORKER_REQUESTS(
            Kind.COUNTER,
            "worker_requests",
            "Requests to the worker by outcome, including retries and hedges; a batch counts as one.",
            "worker",
            "model",
            "version",
            "outcome"),
    WORKER_DURATION(
            Kind.SUMMARY,
            "worker_duration_seconds",
            "Duration of the worker's responses.",
            "worker",
            "model",
            "version"),
    ENSEMBLE_MEMBERS_MISSING(
            Kind.COUNTER,
            "ensemble_members_missing",
            "Responses of members that calls of the ensemble were merged, or failed, without.",
            "ensemble"),
    WORKER_STATE(Kind.GAUGE, "worker_state", "1 for the worker's current state.", "worker", "state"),
    WORKER_INFLIGHT(Kind.GAUGE, "worker_inflight", "Calls in flight at the worker's address.", "worker"),
    WORKER_STRAYS(
            Kind.COUNTER,
            "worker_strays",
            "Connections to the worker's address that were closed because it sent bytes that belong to no request.",
            "worker"),
    EJECTIONS(Kind.COUNTER, "ejections", "How often the worker was taken out for its failures.", "worker", "reason"),
    SUSPICIONS(Kind.COUNTER, "suspicions", "How often the worker left its calls without any answer.", "worker"),
    JOBS(Kind.GAUGE, "jobs", "Training tasks that are kept, by state.", "state"),
    JOBS_ENDED(Kind.COUNTER, "jobs_ended", "Training tasks that ended, by how they did.", "outcome"),
    JOBS_OLDEST(Kind.GAUGE, "jobs_oldest_seconds", "Since the oldest task was made that waits for a trainer."),
    TRIALS_HELPED(
            Kind.COUNTER,
            "trials_helped",
            "Trials of searches that other trainers than the search's own told this router of, by whether they counted or came late.",
            "outcome"),
    SPANS(Kind.COUNTER, "spans", "Spans of recorded calls, by whether the collector took them.", "outcome"),
    STATE_REVISION(Kind.GAUGE, "state_revision", "Of the routing map."),
    STATE_AGE(Kind.GAUGE, "state_age_seconds", "Since the state was last compared with the store's."),
    STATE_STORE_UP(Kind.GAUGE, "state_store_up", "1 while the store answers.");

    /** The type of a family. */
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        SUMMARY
    }

    private final Kind kind;
    private final String metric;
    private final String help;
    private final List<String> labels;

    Family(Kind kind, String metric, String help, String... labels) {
        this.kind = kind;
        this.metric = "foretell_" + metric;
        this.help = help;
        this.labels = List.of(labels);
    }

    Kind kind() {
        return kind;
    }

    String metric() {
        return metric;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }
}
