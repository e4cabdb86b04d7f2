package dev.foretell.worker.training.trainer;

import java.util.ArrayList;
import java.util.List;

/**
 * Who uses a trainer's places. Each task has one; those on which no task runs are shared by the searches of this trainer, and a
 * trainer without a search lends them to searches of others. Thread-safe.
 */
final class PlaceCount {
    private final int total;
    private final List<Place> searches = new ArrayList<>();
    private int tasks;

    /** The place of one running task, until it is closed. */
    final class Place implements AutoCloseable {
        /** How many trials its task may try at once: its own place, and its share of the free ones. */
        int places() {
            return placesOf(this);
        }

        @Override
        public void close() {
            end(this);
        }
    }

    PlaceCount(int total) {
        this.total = total;
    }

    synchronized Place begin(boolean isSearch) {
        Place place = new Place();
        tasks++;
        if (isSearch) {
            searches.add(place);
        }
        return place;
    }

    private synchronized void end(Place place) {
        tasks--;
        searches.remove(place);
    }

    private int free() {
        return Math.max(0, total - tasks);
    }

    private synchronized int placesOf(Place place) {
        int rank = searches.indexOf(place);
        return rank < 0 ? 1 : 1 + free() / searches.size() + (rank < free() % searches.size() ? 1 : 0);
    }

    /** How many trials of other trainers' searches may be tried here at once. */
    synchronized int forOthers() {
        return searches.isEmpty() ? free() : 0;
    }
}
