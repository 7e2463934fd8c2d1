package org.librarypeers.app.curation;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;

/**
 * A category or tag that is to be merged into another one, as its page shows it.
 *
 * @param path the address of its page
 * @param category whether it is a category
 * @param name its name
 * @param typed what was typed as the other one
 * @param wrong why the other one cannot be used; null if it can
 * @param into the other one; null until one is chosen that can be used
 * @param resources the number of resources that will change; 0 until the other one is chosen
 */
public record MergeView(
        String path,
        boolean category,
        String name,
        String typed,
        @Nullable String wrong,
        @Nullable Target into,
        long resources) {

    /** The category or tag that stays, with its number. */
    public record Target(long id, String name) {}

    /**
     * Returns the view of a category or tag.
     *
     * @param pages the address of the pages of its kind
     * @param typed what was typed as the other one; empty before anything was typed
     * @param found the category or tag that was typed; null if it does not exist
     * @param resources counts the resources that will change
     */
    static MergeView of(
            Visit visit,
            String pages,
            long id,
            String name,
            String typed,
            @Nullable Target found,
            LongSupplier resources) {
        String wrong = typed.isEmpty()
                ? null
                : found == null
                        ? visit.say("curation.merge.unknown")
                        : found.id() == id ? visit.say("curation.merge.same") : null;
        Target into = typed.isEmpty() || wrong != null ? null : found;
        return new MergeView(
                pages + id,
                pages.equals(CategoryPages.PATH),
                name,
                typed,
                wrong,
                into,
                into == null ? 0 : resources.getAsLong());
    }

    /** Sends the page, with names to choose from. */
    void show(Visit visit, List<String> suggestions) {
        visit.render(wrong == null ? 200 : 422, "curation/merge", Map.of("merge", this, "suggestions", suggestions));
    }
}
