/** Small tools for HTTP requests and responses, shared by the API, the pages and the media files. */
@NullMarked
package org.librarypeers.app.http;

import org.jspecify.annotations.NullMarked;
