package dev.foretell.router.http.predict;

import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.json.JsonScanner;
import dev.foretell.router.http.message.BodyText;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** What a body has in the place of what it lacks, for its caller to see the misspelt name. */
final class BodyNames implements JsonScanner.Parts {
    private static final int MAX = 5;
    /** Longer ones would hold up the event loop. */
    private static final int MAX_BODY = 64 * 1024;

    private final List<String> names = new ArrayList<>();

    private BodyNames() {}

    /** {@code "; the body has modelID, data"}; a second pass, over a short body that is an object and is refused. */
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
