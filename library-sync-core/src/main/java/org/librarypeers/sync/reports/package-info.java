/** The problems with resources that readers report to the reviewers. */
@NullMarked
package org.librarypeers.sync.reports;

import org.jspecify.annotations.NullMarked;
