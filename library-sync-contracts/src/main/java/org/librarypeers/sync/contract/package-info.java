/**
 * Contract tests for every adapter of {@link org.librarypeers.sync.library.LibraryStorage}. The test of an adapter
 * nests one class per contract, and implements {@link org.librarypeers.sync.contract.StorageContract#newStorage()}.
 * {@link org.librarypeers.sync.contract.FileContract} does the same for {@link org.librarypeers.sync.files.FileStore}.
 */
@NullMarked
package org.librarypeers.sync.contract;

import org.jspecify.annotations.NullMarked;
