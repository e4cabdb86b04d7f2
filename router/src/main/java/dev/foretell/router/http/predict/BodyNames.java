package dev.foretell.router.http.predict;

import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.json.JsonScanner;
import dev.foretell.router.http.message.BodyText;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Lists the names that a body has in place of a missing one, so that its caller sees the misspelt name. */
final class BodyNames implements JsonScanner.Parts {
    private static final int MAX = 5;
    /** A longer body would block the event loop. */
    private static final int MAX_BODY = 64 * 1024;

    private final List<String> names = new ArrayList<>();

    private BodyNames() {}

    /** {@code "; the body has modelID, data"}: the result of a second pass over a short object that is refused. */
    static String of(Buffer body) {
        if (body.length() > MAX_BODY) {
            return "";
        }
        BodyNames found = new BodyNames();
        BodyText text = BodyText.of(body);
        JsonScanner.of(found).scan(text.bytes(), text.from(), text.length());
        return found.names.isEmpty() ? "" : "; the body has " + String.join(", ", found.names);
    }

    @Override
    public void root(byte first) {}

    @Override
    public void part(byte[] text, int base, int nameFrom, int nameTo, int from, int to) {
        if (names.size() < MAX) {
            names.add(NearestNames.abbreviate(Json.unquote(text, base + nameFrom - 1, base + nameTo + 1)));
        } else if (names.size() == MAX) {
            names.add("…");
        }
    }
}
