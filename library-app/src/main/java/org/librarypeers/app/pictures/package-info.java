/**
 * Pictures of resources: fetched from their hosts in the background, checked, scaled, kept in the file store, and served from
 * there. A browser never asks another host for a picture.
 */
@NullMarked
package org.librarypeers.app.pictures;

import org.jspecify.annotations.NullMarked;
