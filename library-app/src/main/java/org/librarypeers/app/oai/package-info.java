/** The harvesting of this library by OAI-PMH 2.0: the verbs, the formats of records, the sets and the resumption tokens. */
@NullMarked
package org.librarypeers.app.oai;

import org.jspecify.annotations.NullMarked;
