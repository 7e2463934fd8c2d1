/**
 * The HTTP adapter, which reads other libraries. {@link org.librarypeers.http.HttpPeerClient} is its only public entry point.
 *
 * <pre>
 * HttpPeerSession ─► OrbFeed | FullFeed                   which position comes next
 *    └─► RequestPacer ─► Exchange ◄── ConnectionProbe     when to send and retry; one request with its answer
 *            │              └─► AnswerReader              one object at a time, so that a page needs little memory
 *            └─► RequestGate ─► RequestQuota              concurrent requests, their rate, and their number per hour
 * </pre>
 */
@NullMarked
package org.librarypeers.http;

import org.jspecify.annotations.NullMarked;
