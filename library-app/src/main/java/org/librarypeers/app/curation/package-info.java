/** The pages on which the vocabulary is curated and duplicates are resolved. */
@NullMarked
package org.librarypeers.app.curation;

import org.jspecify.annotations.NullMarked;
