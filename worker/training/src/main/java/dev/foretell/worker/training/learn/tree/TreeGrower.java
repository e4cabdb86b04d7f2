package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Tree;
import java.util.SplittableRandom;

/**
 * Grows one tree, depth first. Each node takes the split with the purest sides, or the first of equal ones. A node owns the
 * same range in the sorted rows of each column; its split divides that range. The same random numbers give the same tree.
 */
final class TreeGrower {
    private final Sorted sorted;
    private final int[][] orders;
    private final Impurity impurity;
    private final Growth growth;
    private final SplittableRandom random;
    private final NodeList nodes = new NodeList();
    private final int[] leaves;
    private final int[] candidates;
    private final boolean[] goesLeft;
    private final int[] scratch;

    private TreeGrower(Sorted sorted, int[][] orders, Impurity impurity, Growth growth, SplittableRandom random) {
        this.sorted = sorted;
        this.orders = orders;
        this.impurity = impurity;
        this.growth = growth;
        this.random = random;
        this.leaves = new int[sorted.rows()];
        this.goesLeft = new boolean[sorted.rows()];
        this.scratch = new int[orders[0].length];
        this.candidates = new int[orders.length];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = i;
        }
    }

    /** @param weights how often each row counts; rows with 0 are left out */
    static GrownTree grow(Sorted sorted, int[] weights, Impurity impurity, Growth growth, SplittableRandom random) {
        TreeGrower grower = new TreeGrower(sorted, sorted.orders(weights), impurity, growth, random);
        grower.grow(0, grower.orders[0].length, 0);
        return new GrownTree(grower.nodes.tree(), grower.leaves);
    }

    /** Grows the node of a range and all nodes below it. Returns its number. */
    private int grow(int from, int to, int depth) {
        impurity.start(orders[0], from, to);
        double[] value = impurity.value();
        Split split = depth < growth.depth() && !impurity.pure() && impurity.weight() >= 2L * growth.leafRows()
                ? bestSplit(from, to)
                : Split.NONE;
        if (split.feature() == Tree.NONE) {
            return leaf(from, to, value);
        }
        int node = nodes.addQuestion(split.feature(), split.threshold());
        int middle = part(split, from, to);
        int left = grow(from, middle, depth + 1);
        int right = grow(middle, to, depth + 1);
        nodes.connect(node, left, right);
        return node;
    }

    private int leaf(int from, int to, double[] value) {
        int node = nodes.addLeaf(value);
        for (int i = from; i < to; i++) {
            leaves[orders[0][i]] = node;
        }
        return node;
    }

    private Split bestSplit(int from, int to) {
        Split best = Split.NONE;
        for (int tried = 0; tried < candidates.length; tried++) {
            if (tried >= growth.tried() && best.feature() != Tree.NONE) {
                break;
            }
            best = bestSplit(draw(tried), from, to, best);
        }
        return best;
    }

    /** The candidate at this position: an untried one if not all are tried. */
    private int draw(int place) {
        if (growth.tried() < candidates.length) {
            int other = place + random.nextInt(candidates.length - place);
            int drawn = candidates[other];
            candidates[other] = candidates[place];
            candidates[place] = drawn;
        }
        return candidates[place];
    }

    private Split bestSplit(int feature, int from, int to, Split best) {
        double[] column = sorted.columns()[feature];
        int[] order = orders[feature];
        if (column[order[from]] == column[order[to - 1]]) {
            return best;
        }
        impurity.reset();
        for (int i = from; i < to - 1; i++) {
            impurity.moveLeft(order[i]);
            double value = column[order[i]];
            double next = column[order[i + 1]];
            if (value < next && largeEnough() && impurity.purity() > best.purity()) {
                best = new Split(feature, Split.between(value, next), impurity.purity());
            }
        }
        return best;
    }

    private boolean largeEnough() {
        return impurity.leftWeight() >= growth.leafRows()
                && impurity.weight() - impurity.leftWeight() >= growth.leafRows();
    }

    /** Divides the range of every column and keeps the order on each side. Returns the start of the right side. */
    private int part(Split split, int from, int to) {
        double[] column = sorted.columns()[split.feature()];
        for (int i = from; i < to; i++) {
            int row = orders[0][i];
            goesLeft[row] = column[row] <= split.threshold();
        }
        int middle = from;
        for (int[] order : orders) {
            middle = part(order, from, to);
        }
        return middle;
    }

    private int part(int[] order, int from, int to) {
        int left = from;
        int right = 0;
        for (int i = from; i < to; i++) {
            if (goesLeft[order[i]]) {
                order[left++] = order[i];
            } else {
                scratch[right++] = order[i];
            }
        }
        System.arraycopy(scratch, 0, order, left, right);
        return left;
    }
}
