/**
 * An implementation of the storage ports on PostgreSQL. {@link org.librarypeers.persistence.JpaStorage} is the entry
 * point; nothing else here is public.
 */
@NullMarked
package org.librarypeers.persistence;

import org.jspecify.annotations.NullMarked;
