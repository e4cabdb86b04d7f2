package dev.foretell.examples.models;

/** The ten digits as a font of five by seven points. */
final class Digit {
    static final int COUNT = 10;
    static final int WIDTH = 5;
    static final int HEIGHT = 7;

    private static final String[][] FONT = {
        {".###.", "#...#", "#..##", "#.#.#", "##..#", "#...#", ".###."},
        {"..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."},
        {".###.", "#...#", "....#", "...#.", "..#..", ".#...", "#####"},
        {"####.", "....#", "....#", ".###.", "....#", "....#", "####."},
        {"...#.", "..##.", ".#.#.", "#..#.", "#####", "...#.", "...#."},
        {"#####", "#....", "####.", "....#", "....#", "#...#", ".###."},
        {".###.", "#....", "#....", "####.", "#...#", "#...#", ".###."},
        {"#####", "....#", "...#.", "..#..", "..#..", "..#..", "..#.."},
        {".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."},
        {".###.", "#...#", "#...#", ".####", "....#", "....#", ".###."},
    };

    private Digit() {}

    /**
     * The amount of ink at a position, 0 to 1: full at the centre of a point, decreasing linearly to its neighbours.
     */
    static double ink(int digit, double x, double y) {
        int left = (int) Math.floor(x - 0.5);
        int top = (int) Math.floor(y - 0.5);
        double right = x - 0.5 - left;
        double below = y - 0.5 - top;
        return (1 - below) * ((1 - right) * point(digit, left, top) + right * point(digit, left + 1, top))
                + below * ((1 - right) * point(digit, left, top + 1) + right * point(digit, left + 1, top + 1));
    }

    private static int point(int digit, int x, int y) {
        boolean inside = x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT;
        return inside && FONT[digit][y].charAt(x) == '#' ? 1 : 0;
    }
}
