/**
 * What the core and the app need from outside: {@link org.librarypeers.sync.port.Storage} to keep things,
 * {@link org.librarypeers.sync.port.FileStore} to keep files, and {@link org.librarypeers.sync.port.PeerClient} to ask peers.
 * The Javadoc of a port is its specification, and the contract suites of this module's test-jar hold an adapter to it.
 */
@NullMarked
package org.librarypeers.sync.port;

import org.jspecify.annotations.NullMarked;
