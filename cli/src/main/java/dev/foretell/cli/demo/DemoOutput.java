package dev.foretell.cli.demo;

import dev.foretell.cli.client.FileUpload;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo's output: headings, requests as curl commands, responses, verdicts. */
final class DemoOutput {
    private static final int MAX_ANSWER = 600;

    private final PrintWriter out;

    DemoOutput(PrintWriter out) {
        this.out = out;
    }

    void heading(int number, String text) {
        out.println();
        out.println(number + ". " + text);
    }

    void say(String text) {
        out.println("   " + text);
    }

    /** Sends a request and prints it with its response. */
    Reply ask(RouterHttp router, String method, String path, @Nullable String body) {
        say("$ " + curl(method, router.url() + path, body));
        return show(
                switch (method) {
                    case "PUT" -> router.put(path, String.valueOf(body));
                    case "POST" -> router.post(path, String.valueOf(body));
                    default -> router.get(path);
                });
    }

    /** Posts a file and prints the request with its response. */
    Reply send(RouterHttp router, String path, Path file, String mediaType) {
        say("$ curl -s '" + router.url() + path + "' -H 'Content-Type: " + mediaType + "' --data-binary @" + file);
        return show(router.upload(path, FileUpload.of(file, mediaType, sent -> {}), Map.of()));
    }

    private Reply show(Reply reply) {
        String answer =
                reply.body().length() > MAX_ANSWER ? reply.body().substring(0, MAX_ANSWER) + " …" : reply.body();
        say((reply.isOk() ? "" : "HTTP " + reply.status() + " ") + answer);
        return reply;
    }

    private static String curl(String method, String url, @Nullable String body) {
        String verb = method.equals("PUT") ? "-X PUT " : "";
        return "curl -s " + verb + "'" + url + "'" + (body == null ? "" : " -d '" + body + "'");
    }
}
