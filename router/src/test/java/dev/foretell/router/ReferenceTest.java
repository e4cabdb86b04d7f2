package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.Description.Operation;
import dev.foretell.router.LiveRouter.Answer;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The reference of the API as a page. */
class ReferenceTest {
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile(" href=\"#([^\"]+)\"");
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)([^<>]*)>");
    private static final Set<String> WITHOUT_END = Set.of("meta", "link", "br");

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    @Test
    void itHasEveryOperationAndEverySchema() {
        String page = LIVE.get("/docs").body();
        Set<String> ids = all(ID, page);

        for (Operation operation : Description.operations()) {
            assertThat(ids).contains(operation.id());
            assertThat(page).contains("<b>" + operation.method() + "</b> <code>" + operation.path() + "</code>");
        }
        Description.root()
                .at("/components/schemas")
                .fieldNames()
                .forEachRemaining(name -> assertThat(ids).contains("schema-" + name));
        assertThat(ids).containsAll(all(LINK, page));
    }

    @Test
    void itIsWellFormedAndNeedsNothingFromElsewhere() {
        Answer answer = LIVE.get("/docs");
        java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>();

        for (MatchResult tag : TAG.matcher(answer.body()).results().toList()) {
            if (tag.group(1).isEmpty() && !WITHOUT_END.contains(tag.group(2))) {
                open.push(tag.group(2));
            } else if (!tag.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(tag.group(2));
            }
        }
        assertThat(open).isEmpty();
        assertThat(answer.body()).doesNotContain("<script", "style=", "src=", "href=\"http", "href=\"/");
        assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self';");
        assertThat(LIVE.get("/ui/reference.css").status()).isEqualTo(200);
    }

    @Test
    void markupOfTheDescriptionIsText() {
        Set<String> names = new HashSet<>(
                all(Pattern.compile("<([a-z0-9]+)"), LIVE.get("/docs").body()));

        assertThat(names)
                .isSubsetOf(Set.of(
                        "html", "head", "meta", "title", "link", "body", "header", "h1", "small", "p", "a", "nav", "ul",
                        "li", "main", "section", "h2", "article", "h3", "b", "code", "div", "table", "caption", "tr",
                        "th", "td", "pre", "br"));
    }

    @Test
    void theAddressWithASlashLeadsToIt() {
        Answer answer = LIVE.get("/docs/");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("/docs");
    }
}
