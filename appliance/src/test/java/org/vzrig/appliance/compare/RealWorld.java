package org.vzrig.appliance.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vzrig.appliance.compare.Recording.Event;
import org.vzrig.hil.capture.CaptureHeader;

/**
 * What a recorder of a real board makes of what it does: another clock, a delay, jitter of edges,
 * and bytes that come in lumps, as USB adapters hand them over.
 *
 * @param ppm how much slower the board's clock is
 * @param offset when the board's time 0 was, by the recorder's clock
 * @param jitter nanoseconds by which an edge may be noticed late
 * @param lump nanoseconds for which bytes may be collected
 */
record RealWorld(double ppm, long offset, long jitter, long lump) {
  static RealWorld random(Random random, double ppm) {
    return new RealWorld(
        ppm,
        random.nextLong(3_000_000_000L),
        1 + random.nextLong(300_000),
        1 + random.nextLong(16_000_000));
  }

  Recording seen(Recording board, Random random) {
    List<Event> seen = new ArrayList<>();
    long lumpEnds = Long.MIN_VALUE;
    for (Event event : board.events) {
      long nanos = recorded(event.nanos());
      if (event.isByte()) {
        if (nanos > lumpEnds) {
          lumpEnds = nanos + random.nextLong(lump);
        }
        seen.add(event.at(lumpEnds));
      } else {
        seen.add(event.at(nanos + random.nextLong(jitter)));
      }
    }
    CaptureHeader header =
        board.header.with(CaptureHeader.SIDE, "real").with(CaptureHeader.CLOCK, "host");
    return new Recording(header, seen, recorded(board.end));
  }

  long recorded(long nanos) {
    return offset + nanos + Math.round(nanos * ppm * 1e-6);
  }
}
