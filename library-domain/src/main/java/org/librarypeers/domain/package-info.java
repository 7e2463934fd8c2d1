/**
 * The aggregates {@link org.librarypeers.domain.Resource}, {@link org.librarypeers.domain.Peer} and
 * {@link org.librarypeers.domain.SyncLog}, the values they are made of, and the rules they keep.
 *
 * <p>Everything here is immutable, decides without I/O, and is told the time by its caller.
 */
@NullMarked
package org.librarypeers.domain;

import org.jspecify.annotations.NullMarked;
