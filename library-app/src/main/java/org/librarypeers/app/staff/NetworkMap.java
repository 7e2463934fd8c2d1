package org.librarypeers.app.staff;

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
 * A drawing of how resources came here: from who made them, through the peers, to this library. It flows from left to right;
 * the wider a line, the more resources.
 *
 * @param width of the drawing, in units of its own
 * @param height of the drawing
 */
public record NetworkMap(int width, int height, List<Node> nodes, List<Line> lines) {

    private static final int WIDTH = 900;
    private static final int NODE_WIDTH = 230;
    private static final int NODE_HEIGHT = 54;
    private static final int ROW = 74;
    private static final int MARGIN = 10;
    private static final double THINNEST = 1.5;
    private static final double WIDEST = 14;
    private static final int LONGEST_TITLE = 26;

    /**
     * A library.
     *
     * @param kind {@code maker}, {@code peer} or {@code here}
     * @param faded whether nothing comes from it any more
     */
    public record Node(String kind, String title, String detail, int x, int y, boolean faded) {

        /** What fits into its box. */
        public String shortTitle() {
            return Excerpt.of(title, LONGEST_TITLE);
        }
    }

    /**
     * That resources come from one library to another.
     *
     * @param path as SVG draws it
     */
    public record Line(String path, String width, boolean faded) {}

    /**
     * A flow of resources to this library.
     *
     * @param makerHost where who made them is, which tells makers apart; null if the peer made them
     * @param maker what who made them is called; null if the peer made them
     * @param peerId what tells the peer that they come through from others
     * @param peer what that peer is called
     * @param count how many
     * @param flows whether the peer is still asked
     */
    public record Flow(
            @Nullable String makerHost,
            @Nullable String maker,
            String peerId,
            String peer,
            long count,
            boolean flows) {}

    /** Keeps copies. */
    public NetworkMap {
        nodes = List.copyOf(nodes);
        lines = List.copyOf(lines);
    }

    /**
     * Draws it.
     *
     * @param here the name of this library
     * @param hereDetail what is said below that
     * @param detail what is said below any other, given how many resources come from it
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
        private final Set<String> asked = new HashSet<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private final long most;

        Drawing(List<Flow> all, LongFunction<String> detail) {
            this.flows = all.stream()
                    .sorted(Comparator.comparingLong(Flow::count).reversed())
                    .toList();
            this.detail = detail;
            for (Flow flow : flows) {
                peers.merge(flow.peerId(), flow.count(), Long::sum);
                names.put(flow.peerId(), flow.peer());
                if (flow.flows()) {
                    asked.add(flow.peerId());
                }
                if (flow.makerHost() != null) {
                    makers.merge(flow.makerHost(), flow.count(), Long::sum);
                    // One host may give itself several names: that of the most resources counts.
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
            Map<String, Node> left = column("maker", makers, MARGIN, height);
            Map<String, Node> center = column("peer", peers, middle, height);
            Node target = new Node("here", here, hereDetail, right, (height - NODE_HEIGHT) / 2, false);
            nodes.add(target);
            for (Flow flow : flows) {
                Node maker = flow.makerHost() == null ? null : left.get(flow.makerHost());
                Node peer = center.get(flow.peerId());
                if (maker != null && peer != null) {
                    line(maker, peer, flow.count(), !flow.flows());
                }
            }
            for (Map.Entry<String, Long> each : peers.entrySet()) {
                Node peer = center.get(each.getKey());
                if (peer != null && each.getValue() > 0) {
                    line(peer, target, each.getValue(), peer.faded());
                }
            }
            return new NetworkMap(WIDTH, height, nodes, lines);
        }

        private Map<String, Node> column(String kind, Map<String, Long> counts, int x, int height) {
            Map<String, Node> column = new LinkedHashMap<>();
            int y = (height - counts.size() * ROW + ROW - NODE_HEIGHT) / 2;
            for (Map.Entry<String, Long> each : counts.entrySet()) {
                boolean faded = kind.equals("peer") && !asked.contains(each.getKey());
                column.put(
                        each.getKey(),
                        new Node(
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

        private void line(Node from, Node to, long count, boolean faded) {
            int x1 = from.x() + NODE_WIDTH;
            int y1 = from.y() + NODE_HEIGHT / 2;
            int x2 = to.x();
            int y2 = to.y() + NODE_HEIGHT / 2;
            int bend = (x1 + x2) / 2;
            double width = THINNEST + (WIDEST - THINNEST) * Math.sqrt((double) count / most);
            lines.add(new Line(
                    "M" + x1 + " " + y1 + "C" + bend + " " + y1 + " " + bend + " " + y2 + " " + x2 + " " + y2,
                    String.format(Locale.ROOT, "%.1f", width),
                    faded));
        }
    }
}
