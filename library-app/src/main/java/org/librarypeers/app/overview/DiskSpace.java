package org.librarypeers.app.overview;

/**
 * The space on the disk of the library's home.
 *
 * @param freeBytes the free bytes
 * @param totalBytes all bytes
 */
public record DiskSpace(long freeBytes, long totalBytes) {}
