/**
 * The contract suites of the ports, and test equipment. The test of an adapter is a subclass of a suite:
 *
 * <pre>
 * SyncStorageContract      every {@link org.librarypeers.sync.storage.SyncStorage}: what syncs and reviews need
 * LibraryStorageContract   every {@link org.librarypeers.sync.library.LibraryStorage}: the above, and the rest of a library
 * PeerClientContract       every {@link org.librarypeers.sync.peer.PeerClient}
 * FileContract             every {@link org.librarypeers.sync.files.FileStore}
 * </pre>
 *
 * <p>The message of a failure begins with the class of the adapter. No test of a suite is ever skipped.
 *
 * <p>{@link org.librarypeers.sync.contract.ScriptedPeer}, {@link org.librarypeers.sync.contract.SettableClock}, {@link
 * org.librarypeers.sync.contract.Samples} and the others are for the tests of applications and adapters.
 */
@NullMarked
package org.librarypeers.sync.contract;

import org.jspecify.annotations.NullMarked;
