package dev.foretell.router;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does something in a router's own Redis, as an operator with redis-cli would. */
final class RedisByHand {
    private RedisByHand() {}

    /** Says a command and returns the first line of the answer; of a bulk string, the string. */
    static String say(LiveRouter router, String command) {
        try {
            String conf = Files.readString(router.folder().resolve("redis.conf"));
            int port = Integer.parseInt(setting(conf, "port"));
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
                    BufferedReader answers = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                say(socket, "AUTH " + setting(conf, "requirepass"));
                answers.readLine();
                say(socket, command);
                String answer = answers.readLine();
                return answer.startsWith("$") && !answer.equals("$-1") ? answers.readLine() : answer;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void say(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String setting(String conf, String name) {
        Matcher found = Pattern.compile("(?m)^" + name + " (\\S+)").matcher(conf);
        if (!found.find()) {
            throw new AssertionError("no " + name + " in " + conf);
        }
        return found.group(1);
    }
}
