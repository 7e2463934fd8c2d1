/**
 * Uploaded files: stored on disk by the hash of their content, and served so that none of them can do harm in a
 * browser.
 */
@NullMarked
package org.librarypeers.app.files;

import org.jspecify.annotations.NullMarked;
