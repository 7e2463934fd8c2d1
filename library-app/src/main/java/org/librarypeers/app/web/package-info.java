/** Common parts of the pages: visits, routes, texts, safe HTML and live updates. */
@NullMarked
package org.librarypeers.app.web;

import org.jspecify.annotations.NullMarked;
