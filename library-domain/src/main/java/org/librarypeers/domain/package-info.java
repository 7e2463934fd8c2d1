/**
 * The domain model: the aggregates {@link org.librarypeers.domain.Resource}, {@link org.librarypeers.domain.Peer} and
 * {@link org.librarypeers.domain.SyncLog}, their values and their rules.
 *
 * <pre>
 * Peer ── sends ──► IncomingResource ──► Resource            adopt, receive, takeOver: the decision, as a Received
 *   │                                       ├─► ResourceContent   texts in their languages, tags, attachments, dates
 *   │                                       ├─► Revisions         the public Revision, and the one that waits beside it
 *   │                                       ├─► Origin            Local, or FromPeer with the Route by which it came
 *   │                                       └─► ReviewState       changed by the Decision of an Account
 *   └─ one run ───► SyncLog                                  SyncStatus, SyncTally, and the PeerTrouble that ended it
 *                      └─► Outcome                           one item of the run, with its Remarks
 * </pre>
 *
 * <p>All types are immutable and do no I/O. Callers pass in the current time.
 */
@NullMarked
package org.librarypeers.domain;

import org.jspecify.annotations.NullMarked;
