package org.librarypeers.app.peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Excerpt;

/**
 * A drawing of how resources reach this library: from their makers through the peers, from left to right. A wider line means more
 * resources.
 *
 * @param width the width, in SVG units
 * @param height the height, in SVG units
 */
public record NetworkMap(int width, int height, List<MapNode> nodes, List<MapLine> lines) {

    private static final int WIDTH = 900;
    private static final int NODE_WIDTH = 230;
    private static final int NODE_HEIGHT = 54;
    private static final int ROW = 74;
    private static final int MARGIN = 10;
    private static final double THINNEST = 1.5;
    private static final double WIDEST = 14;
    private static final int LONGEST_TITLE = 26;

    /**
     * A library on the map.
     *
     * @param kind {@code maker}, {@code peer} or {@code here}
     * @param faded whether the peer is not queryable
     */
    public record MapNode(String kind, String title, String detail, int x, int y, boolean faded) {

        /** Returns the title, shortened to fit into its box. */
        public String shortTitle() {
            return Excerpt.of(title, LONGEST_TITLE);
        }
    }

    /**
     * A flow of resources from one library to another.
     *
     * @param path the path in SVG syntax
     * @param width the width of the line, in SVG units
     * @param faded whether the peer is not queryable
     */
    public record MapLine(String path, String width, boolean faded) {}

    /**
     * A flow of resources to this library.
     *
     * @param makerHost the host of the maker, which identifies it; null if the peer made them
     * @param maker the name of the maker; null if the peer made them
     * @param peerId the number of the peer that they come through
     * @param peer the name of that peer
     * @param count the number of resources
     * @param queryable whether the peer is queryable
     */
    public record Flow(
            @Nullable String makerHost,
            @Nullable String maker,
            String peerId,
            String peer,
            long count,
            boolean queryable) {}

    /** Creates a map with copies of the lists. */
    public NetworkMap {
        nodes = List.copyOf(nodes);
        lines = List.copyOf(lines);
    }

    /**
     * Draws a map.
     *
     * @param here the name of this library
     * @param hereDetail the text below that name
     * @param detail a function that returns the text below any other library, given its number of resources
     */
    static NetworkMap of(String here, String hereDetail, List<Flow> flows, LongFunction<String> detail) {
        return new Drawing(flows, detail).draw(here, hereDetail);
    }

    private static final class Drawing {
        private final List<Flow> flows;
        private final LongFunction<String> detail;
        private final Map<String, Long> makers = new LinkedHashMap<>();
        private final Map<String, Long> peers = new LinkedHashMap<>();
        private final Map<String, String> names = new HashMap<>();
        private final Set<String> queryable = new HashSet<>();
        private final List<MapNode> nodes = new ArrayList<>();
        private final List<MapLine> lines = new ArrayList<>();
        private final long most;

        Drawing(List<Flow> all, LongFunction<String> detail) {
            this.flows = all.stream()
                    .sorted(Comparator.comparingLong(Flow::count).reversed())
                    .toList();
            this.detail = detail;
            for (Flow flow : flows) {
                peers.merge(flow.peerId(), flow.count(), Long::sum);
                names.put(flow.peerId(), flow.peer());
                if (flow.queryable()) {
                    queryable.add(flow.peerId());
                }
                if (flow.makerHost() != null) {
                    makers.merge(flow.makerHost(), flow.count(), Long::sum);
                    // If a host uses several names, the name with the most resources is shown.
                    names.putIfAbsent(flow.makerHost(), Objects.requireNonNullElse(flow.maker(), flow.makerHost()));
                }
            }
            this.most = Math.max(
                    1, peers.values().stream().mapToLong(Long::longValue).max().orElse(1));
        }

        NetworkMap draw(String here, String hereDetail) {
            int rows = Math.max(1, Math.max(makers.size(), peers.size()));
            int height = rows * ROW + 2 * MARGIN;
            int middle = (WIDTH - NODE_WIDTH) / 2;
            int right = WIDTH - NODE_WIDTH - MARGIN;
            Map<String, MapNode> left = column("maker", makers, MARGIN, height);
            Map<String, MapNode> center = column("peer", peers, middle, height);
            MapNode target = new MapNode("here", here, hereDetail, right, (height - NODE_HEIGHT) / 2, false);
            nodes.add(target);
            for (Flow flow : flows) {
                MapNode maker = flow.makerHost() == null ? null : left.get(flow.makerHost());
                MapNode peer = center.get(flow.peerId());
                if (maker != null && peer != null) {
                    line(maker, peer, flow.count(), !flow.queryable());
                }
            }
            for (Map.Entry<String, Long> each : peers.entrySet()) {
                MapNode peer = center.get(each.getKey());
                if (peer != null && each.getValue() > 0) {
                    line(peer, target, each.getValue(), peer.faded());
                }
            }
            return new NetworkMap(WIDTH, height, nodes, lines);
        }

        private Map<String, MapNode> column(String kind, Map<String, Long> counts, int x, int height) {
            Map<String, MapNode> column = new LinkedHashMap<>();
            int y = (height - counts.size() * ROW + ROW - NODE_HEIGHT) / 2;
            for (Map.Entry<String, Long> each : counts.entrySet()) {
                boolean faded = kind.equals("peer") && !queryable.contains(each.getKey());
                column.put(
                        each.getKey(),
                        new MapNode(
                                kind,
                                Objects.requireNonNull(names.get(each.getKey())),
                                detail.apply(each.getValue()),
                                x,
                                y,
                                faded));
                y += ROW;
            }
            nodes.addAll(column.values());
            return column;
        }

        private void line(MapNode from, MapNode to, long count, boolean faded) {
            int x1 = from.x() + NODE_WIDTH;
            int y1 = from.y() + NODE_HEIGHT / 2;
            int x2 = to.x();
            int y2 = to.y() + NODE_HEIGHT / 2;
            int bend = (x1 + x2) / 2;
            double width = THINNEST + (WIDEST - THINNEST) * Math.sqrt((double) count / most);
            lines.add(new MapLine(
                    "M" + x1 + " " + y1 + "C" + bend + " " + y1 + " " + bend + " " + y2 + " " + x2 + " " + y2,
                    String.format(Locale.ROOT, "%.1f", width),
                    faded));
        }
    }
}
