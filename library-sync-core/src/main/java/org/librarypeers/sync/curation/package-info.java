/** The port of the curated vocabulary and of duplicates, and the service that changes the vocabulary. */
@NullMarked
package org.librarypeers.sync.curation;

import org.jspecify.annotations.NullMarked;
