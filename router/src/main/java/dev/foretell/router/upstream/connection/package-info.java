/** HTTP/1.1 connections to workers: request heads, responses, streams; start at {@link dev.foretell.router.upstream.connection.WorkerConnections}. */
@NullMarked
package dev.foretell.router.upstream.connection;

import org.jspecify.annotations.NullMarked;
