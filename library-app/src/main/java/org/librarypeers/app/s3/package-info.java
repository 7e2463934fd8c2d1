/** Uploaded files in a bucket of an S3-compatible object store. No other package uses the client of the store. */
@NullMarked
package org.librarypeers.app.s3;

import org.jspecify.annotations.NullMarked;
