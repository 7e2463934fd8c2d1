/**
 * The PostgreSQL server that the app brings along, for those who have none of their own.
 *
 * <p>{@link org.librarypeers.app.embedded.EmbeddedPostgres} is the door. Behind it:
 *
 * <pre>
 * EmbeddedPostgres ─► SharedServer   who uses the server: threads of this JVM, and other processes (file locks)
 *                        └► Server   finds it running, starts it, stops it
 *                             ├► Binaries, RunAs           what to run, and with whose rights
 *                             ├► DataDirectory, Password   what is kept between runs
 *                             └► Postmaster, Connections   which process it is, and whether it answers
 * </pre>
 */
@NullMarked
package org.librarypeers.app.embedded;

import org.jspecify.annotations.NullMarked;
