package org.librarypeers.app.config;

/** The kinds of stores for uploaded files. */
public enum FileStoreKind {
    /** A directory under the home. */
    DISK,
    /** A bucket in an S3-compatible object store. */
    S3
}
