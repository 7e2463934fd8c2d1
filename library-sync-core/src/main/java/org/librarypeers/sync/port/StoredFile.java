package org.librarypeers.sync.port;

/**
 * A file that is kept.
 *
 * @param sha256 the SHA-256 of its content, 64 hexadecimal digits in lower case: its address
 * @param sizeBytes how long it is
 */
public record StoredFile(String sha256, long sizeBytes) {}
