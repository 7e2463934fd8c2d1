package org.librarypeers.app.review;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.links.DeadLink;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.links.LinkState;

/**
 * The marks of dead links, for reviewers. A library that does not check links looks nothing up.
 *
 * @param links the links
 * @param checks whether the library checks links
 */
public record DeadLinkMarks(LinkRepository links, boolean checks) {

    /**
     * The mark of a dead link.
     *
     * @param reason why it does not work
     * @param since since when it does not work; null if unknown
     * @param copy the address of the nearest living copy; null if no copy is known, or if a page may not link to it
     * @param isOfSource whether the copy is the page of the resource in the library that made it
     */
    public record DeadLinkMark(
            String reason,
            @Nullable Instant since,
            @Nullable String copy,
            boolean isOfSource) {}

    /** Returns the states of the dead links of the revisions to review, by their addresses, in at most one statement. */
    Map<String, LinkState> dead(Collection<Resource> resources) {
        Set<String> addresses = new LinkedHashSet<>();
        resources.forEach(resource -> addresses.addAll(addresses(resource)));
        return checks && !addresses.isEmpty()
                ? links.find(addresses).entrySet().stream()
                        .filter(link -> link.getValue().isDead())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
                : Map.of();
    }

    /** Returns the addresses of the links and files of the revision to review. */
    static Set<String> addresses(Resource resource) {
        return resource.toReview().content().attachments().stream()
                .map(Attachment::url)
                .collect(Collectors.toSet());
    }

    /**
     * Returns the marks of the dead links of one resource, by their addresses.
     *
     * @param dead the states of dead links, of this resource and others
     */
    Map<String, DeadLinkMark> marks(Visit visit, Resource resource, Map<String, LinkState> dead) {
        Set<String> addresses =
                addresses(resource).stream().filter(dead::containsKey).collect(Collectors.toSet());
        if (addresses.isEmpty()) {
            return Map.of();
        }
        Map<String, DeadLink.Copy> copies = links.copies(addresses);
        Map<String, DeadLinkMark> marks = new HashMap<>();
        dead.forEach((address, state) -> {
            if (addresses.contains(address)) {
                marks.put(address, mark(visit, state, copies.get(address)));
            }
        });
        return marks;
    }

    private static DeadLinkMark mark(Visit visit, LinkState state, DeadLink.@Nullable Copy copy) {
        LinkProblem problem = state.problem();
        return new DeadLinkMark(
                problem == null ? "" : visit.say("links.problem." + EnumWord.of(problem)),
                state.failingSince(),
                copy == null ? null : SafeHtml.address(copy.address()),
                copy != null && copy.isOfSource());
    }
}
