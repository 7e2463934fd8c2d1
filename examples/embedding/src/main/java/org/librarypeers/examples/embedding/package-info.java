/**
 * An application that embeds the sync. {@link org.librarypeers.examples.embedding.Main} is the wiring; the other classes
 * are a storage on SQLite.
 *
 * <pre>
 * Main ─► SyncService ─► [SyncStorage] ◄── SqliteStorage ─► SqliteResources, SqlitePeers, …
 *                                                                   │
 *                                          Database (SQL) ◄─────────┴─────────► Json (the object graphs)
 * </pre>
 *
 * The tables have columns for the values that queries use. The column {@code body} contains the whole value as JSON.
 */
@NullMarked
package org.librarypeers.examples.embedding;

import org.jspecify.annotations.NullMarked;
