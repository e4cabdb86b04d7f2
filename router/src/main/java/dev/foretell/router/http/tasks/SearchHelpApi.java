package dev.foretell.router.http.tasks;

import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.SmallBody;
import dev.foretell.router.tasks.help.HelperReport;
import dev.foretell.router.tasks.help.SearchHelp;
import dev.foretell.router.tasks.help.SearchOffer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code /v1/trainers/…/trials}: how trainers offer trials of a search, and help with them. Each event loop has one. */
public final class SearchHelpApi implements RouteGroup {
    private static final String TRIALS = "/trials";
    private static final long LOOK_EVERY_MS = 1000;
    private static final int MAX_ID = 64;

    private final TaskServices services;
    private final SearchHelp help;

    public SearchHelpApi(TaskServices services) {
        this.services = services;
        this.help = services.forTrainers().help();
    }

    @Override
    public void addTo(Routes routes) {
        routes.change(HttpMethod.POST, TrainersApi.TASK + TRIALS, this::offer);
        routes.change(HttpMethod.POST, TrainersApi.TRAINER + TRIALS, this::help);
    }

    private Future<Object> offer(RoutingContext ctx) {
        String name = TrainersApi.trainer(ctx);
        return SmallBody.json(ctx.request())
                .map(json -> new BodyFields("the body", json).only("fence", "software", "trials"))
                .compose(body -> help.offer(
                        SearchOffer.of(TaskId.of(ctx), TrainersApi.fence(body), name, TrialsReader.software(body)),
                        TrialsReader.offered(body)))
                .map(offer -> OfferView.of(offer, System.currentTimeMillis()));
    }

    private Future<Object> help(RoutingContext ctx) {
        String name = TrainersApi.trainer(ctx);
        return SmallBody.json(ctx.request())
                .map(json -> new BodyFields("the body", json)
                        .only("software", "places", "wait_ms", "task", "fence", "working", "ended"))
                .compose(body -> help(ctx, body, TrialsReader.report(name, body)))
                .map(helped -> helped.<Object>map(search -> HelpView.of(
                                search, services.config().get().leases().lease().toMillis()))
                        .orElseGet(() -> TrainersApi.nothing(ctx)));
    }

    private Future<Optional<SearchHelp.Helped>> help(RoutingContext ctx, BodyFields body, HelperReport report) {
        if (body.has("task")) {
            return help.hear(body.require("task", MAX_ID), TrainersApi.fence(body), report);
        }
        long waitMs = body.number("wait_ms", 0, TrainersApi.MAX_WAIT_MS, 0);
        SearchHelp.Wait wait = help.enter();
        return await(ctx, report, wait, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs))
                .onComplete(done -> wait.leave());
    }

    private Future<Optional<SearchHelp.Helped>> await(
            RoutingContext ctx, HelperReport report, SearchHelp.Wait wait, long endNanos) {
        return help.find(report).compose(found -> awaitNext(ctx, report, wait, endNanos, found));
    }

    /** Looks once a second. */
    private Future<Optional<SearchHelp.Helped>> awaitNext(
            RoutingContext ctx,
            HelperReport report,
            SearchHelp.Wait wait,
            long endNanos,
            Optional<SearchHelp.Helped> found) {
        boolean isOver = System.nanoTime() - endNanos >= 0
                || wait.isOver()
                || ctx.response().closed();
        return found.isPresent() || isOver
                ? Future.succeededFuture(found)
                : ctx.vertx()
                        .timer(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)
                        .compose(later -> help.findAgain(report))
                        .compose(next -> awaitNext(ctx, report, wait, endNanos, next));
    }
}
