package dev.foretell.router.tasks;

/**
 * The table of a task: a file in the folder of the tasks.
 *
 * @param digest SHA-256 of the file, in lower-case hexadecimal
 * @param name the caller's name for it; empty for rows in the request
 */
public record TaskData(String digest, long bytes, String name) {}
