/**
 * What every adapter of {@link org.librarypeers.sync.port.Storage} must pass. An adapter's test nests one class for each
 * contract and says in {@link org.librarypeers.sync.contract.StorageContract#newStorage()} how an empty storage is made.
 */
@NullMarked
package org.librarypeers.sync.contract;

import org.jspecify.annotations.NullMarked;
