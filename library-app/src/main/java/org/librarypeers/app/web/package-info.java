/** How pages are made: who visits, in which language, what may be shown, and what all pages share. */
@NullMarked
package org.librarypeers.app.web;

import org.jspecify.annotations.NullMarked;
