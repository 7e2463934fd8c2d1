/**
 * What every adapter of {@link org.librarypeers.sync.library.LibraryStorage} must pass. An adapter's test nests one class for each
 * contract and says in {@link org.librarypeers.sync.contract.StorageContract#newStorage()} how an empty storage is made.
 * {@link org.librarypeers.sync.contract.FileContract} does the same for {@link org.librarypeers.sync.files.FileStore}.
 */
@NullMarked
package org.librarypeers.sync.contract;

import org.jspecify.annotations.NullMarked;
