package dev.foretell.router.metrics;

import java.util.List;

/** Every metric of the router's own, on one screen. */
enum Family {
    REQUESTS(
            Kind.COUNTER,
            "requests",
            "Predict calls by how they ended for their callers.",
            "model",
            "version",
            "outcome"),
    REQUEST_DURATION(
            Kind.HISTOGRAM,
            "request_duration_seconds",
            "How long predict calls took, however they ended; of a stream, to its beginning.",
            "model",
            "version"),
    QUEUE_DURATION(
            Kind.SUMMARY,
            "queue_duration_seconds",
            "How long calls over their model's limit waited until they were let in.",
            "model",
            "version"),
    OVERHEAD(
            Kind.HISTOGRAM,
            "overhead_seconds",
            "The time of answered calls that no worker had them, of calls that were sent singly."),
    INFLIGHT(
            Kind.GAUGE,
            "inflight",
            "Calls at the model's workers, those for other models at the same addresses included.",
            "model",
            "version"),
    ROUTER_INFLIGHT(Kind.GAUGE, "router_inflight", "Calls in this router, those that wait included."),
    ROUTER_SHED(Kind.COUNTER, "router_shed", "Calls refused because the router itself was full."),
    QUEUE_DEPTH(Kind.GAUGE, "queue_depth", "Calls that wait for their model.", "model", "version", "priority"),
    CONCURRENCY_LIMIT(
            Kind.GAUGE, "concurrency_limit", "Most calls of the model that may be in flight now.", "model", "version"),
    RETRIES(
            Kind.COUNTER,
            "retries",
            "Calls sent to a further worker after one failed them so.",
            "model",
            "version",
            "reason"),
    RETRY_BUDGET_EXHAUSTED(
            Kind.COUNTER,
            "retry_budget_exhausted",
            "Calls that failed because too many others were being retried.",
            "model",
            "version"),
    HEDGES(
            Kind.COUNTER,
            "hedges",
            "Second copies of calls, by whether they were answered first.",
            "model",
            "version",
            "won"),
    COPIES(
            Kind.COUNTER,
            "copies",
            "Calls sent to another worker as well since theirs answered nothing any more.",
            "model",
            "version"),
    FALLBACK(Kind.COUNTER, "fallback", "Answers that stood in for the model's own.", "model", "version", "reason"),
    CACHE_HITS(Kind.COUNTER, "cache_hits", "Answers that were given again to the same input.", "model", "version"),
    BATCH_SIZE(Kind.HISTOGRAM, "batch_size", "How many calls were sent to a worker as one.", "model", "version"),
    SHADOW_DISAGREEMENT(
            Kind.GAUGE,
            "shadow_disagreement_ratio",
            "The share of compared answers that the model's shadow would have given otherwise.",
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
            "Requests to the worker by how they went, retries and second copies included; a batch is one.",
            "worker",
            "model",
            "version",
            "outcome"),
    WORKER_DURATION(
            Kind.SUMMARY,
            "worker_duration_seconds",
            "How long the worker took for its answers.",
            "worker",
            "model",
            "version"),
    WORKER_STATE(Kind.GAUGE, "worker_state", "1 for the state that the worker is in.", "worker", "state"),
    WORKER_INFLIGHT(Kind.GAUGE, "worker_inflight", "Calls at the worker's address.", "worker"),
    WORKER_STRAYS(
            Kind.COUNTER,
            "worker_strays",
            "Connections to the worker's address that ended because it sent what nobody asked for.",
            "worker"),
    EJECTIONS(Kind.COUNTER, "ejections", "How often the worker was taken out for its failures.", "worker", "reason"),
    SUSPICIONS(Kind.COUNTER, "suspicions", "How often the worker left its calls without any answer.", "worker"),
    JOBS(Kind.GAUGE, "jobs", "Training tasks that are kept, by state.", "state"),
    JOBS_ENDED(Kind.COUNTER, "jobs_ended", "Training tasks that ended, by how they did.", "outcome"),
    JOBS_OLDEST(Kind.GAUGE, "jobs_oldest_seconds", "Since the oldest task was made that waits for a trainer."),
    STATE_REVISION(Kind.GAUGE, "state_revision", "Of the routing map."),
    STATE_AGE(Kind.GAUGE, "state_age_seconds", "Since the state was last compared with the store's."),
    STATE_STORE_UP(Kind.GAUGE, "state_store_up", "1 while the store answers.");

    /** How a family is counted. */
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
