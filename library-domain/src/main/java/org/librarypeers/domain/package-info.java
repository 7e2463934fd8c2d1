/**
 * The domain model: the aggregates {@link org.librarypeers.domain.Resource}, {@link org.librarypeers.domain.Peer} and
 * {@link org.librarypeers.domain.SyncLog}, their values and their rules.
 *
 * <p>All types are immutable and do no I/O. Callers pass in the current time.
 */
@NullMarked
package org.librarypeers.domain;

import org.jspecify.annotations.NullMarked;
