package dev.foretell.router;

import dev.foretell.router.LiveRouter.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what curl says, a body with a GET included, which client libraries refuse to. */
record Curl(LiveRouter router) {
    private static final String BOUNDARY = "------------------------d74496d66958873e";

    /** {@code curl -X METHOD --data TEXT}. */
    Answer data(String method, String path, String text, String... headers) {
        return send(method, path, "application/x-www-form-urlencoded", text.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** {@code curl -X METHOD -F "field=@file"}. */
    Answer form(String method, String path, String field, String file, byte[] content, String... headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                        + file + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(method, path, "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray(), headers);
    }

    /** {@code curl -X METHOD --data-binary @file -H "Content-Type: …"}. */
    Answer send(String method, String path, String type, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "User-Agent: curl/8.5.0\r\nAccept: */*\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.length + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        try (RawClient client = RawClient.to(router.port())) {
            client.say(head + "\r\n" + new String(body, StandardCharsets.ISO_8859_1));
            return answer(client.readAll());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " was not answered", e);
        }
    }

    private static Answer answer(String raw) {
        String[] parts = raw.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Arrays.stream(lines).skip(1).forEach(line -> {
            String[] header = line.split(": ", 2);
            headers.put(header[0], List.of(header[1]));
        });
        byte[] body = parts[1].getBytes(StandardCharsets.ISO_8859_1);
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
    }
}
