package org.vzrig.hil.compare;

import java.util.List;
import org.vzrig.hil.capture.CaptureEvent;

/** One channel of both sides, from events to findings. */
interface Lane {
  /** Takes an event of one side; it may not be this lane's. */
  void add(boolean first, CaptureEvent event, int i);

  /** Matches what can be decided; see {@link Matcher#process}. */
  void process(long firstSeen, long secondSeen, boolean end);

  /** How it compares so far. */
  List<ChannelCount> counts();
}
