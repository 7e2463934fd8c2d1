/**
 * A PostgreSQL server that is part of an application, for use without a separate database server.
 *
 * <p>{@link org.librarypeers.embeddedpostgres.EmbeddedPostgres} is the entry point. Behind it:
 *
 * <pre>
 * EmbeddedPostgres ─► SharedServer   the users of the server: threads of this JVM, and other processes (file locks)
 *                        └► Server   finds it running, starts it, stops it
 *                             ├► Binaries, RunAs           the programs, and the user that they run as
 *                             ├► DataDirectory, Password   the files that remain between starts
 *                             └► Postmaster, Connections   the process of the server, and whether it answers
 * </pre>
 */
@NullMarked
package org.librarypeers.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
