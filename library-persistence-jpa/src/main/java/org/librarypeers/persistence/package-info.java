/**
 * The repositories on PostgreSQL. {@link org.librarypeers.persistence.JpaStorage} is the door; nothing else here is public.
 */
@NullMarked
package org.librarypeers.persistence;

import org.jspecify.annotations.NullMarked;
