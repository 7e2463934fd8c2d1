package org.librarypeers.bundle;

/**
 * A file in a bundle.
 *
 * @param address the address under which documents name it
 * @param sha256 the digest of its content, by which it is read
 * @param size its size in bytes
 */
public record BundleFile(String address, String sha256, long size) {}
