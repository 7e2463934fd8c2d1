/**
 * Asks the previous peer, over HTTP. {@link org.librarypeers.http.HttpPeerClient} is the one door.
 *
 * <pre>
 * HttpPeerSession ─► OrbFeed | FullFeed    where to go on
 *        └─► Pace ─► Exchange ◄── Look     when to ask (again), and one question with its answer; a look asks no more than one
 *               │      └─► AnswerReader    one object at a time, so that a page needs little memory
 *               └─► Gate ─► Budget         how many at once, how soon, and how many in an hour
 * </pre>
 */
@NullMarked
package org.librarypeers.http;

import org.jspecify.annotations.NullMarked;
