package dev.foretell.cli.options;

/** The address of a listening process of ours: {@code http://127.0.0.1:8000}. */
public record ListenUrl(String host, int port) {
    /** Why nothing can listen there, and the way out. */
    public static String reason(Exception failure, String host, int port, String option) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Failed to resolve")) {
            return "cannot listen on '" + host + "': no address of this machine is named so";
        }
        if (message.contains("Cannot assign requested address")) {
            return "cannot listen on " + host + ": this machine has no such address; choose another with " + option;
        }
        if (message.contains("Permission denied")) {
            return "port " + port + " is not for this user: choose one from 1024 on with " + option;
        }
        return message.contains("already in use")
                ? "port " + port + " of " + host + " is taken; choose another with " + option + ", or 0 for a free one"
                : "cannot listen on " + host + ":" + port + ": " + message;
    }

    @Override
    public String toString() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
