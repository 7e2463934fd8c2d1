/**
 * The reader of repositories that speak OAI-PMH 2.0. {@link org.librarypeers.oai.OaiPeerClient} is the entry point.
 *
 * <pre>
 *   OaiSession ─► RecordLists ─► Requests ─► Exchange ─► RequestSender      what is asked, again if necessary
 *       │             └► PageReader ─► PageParser, PageRecovery             what was answered
 *       └► RecordReader                                                     what it means as a resource
 * </pre>
 */
@NullMarked
package org.librarypeers.oai;

import org.jspecify.annotations.NullMarked;
