package dev.foretell.router.models.files;

import java.util.function.Consumer;

/**
 * Where model files are.
 *
 * @param folder the folder that routers which share a Redis must share too
 * @param onForgotten is told the digest of each file that is let go of
 */
public record FileStorage(ModelFiles files, SharedFolder folder, Consumer<String> onForgotten) {}
