package org.vzrig.emulator.cpu;

import java.util.List;
import java.util.Random;

/** Runs random programs on our core and under QEMU and compares all snapshots. */
final class Differential {
  private final Profile profile;

  Differential(Profile profile) {
    this.profile = profile;
  }

  /**
   * Compares programs of {@code seed} until our core has executed {@code instructions} random ones.
   *
   * @return how many it has executed
   * @throws AssertionError with a minimised program when a snapshot differs
   */
  long compare(long seed, long instructions) {
    Random random = Seeds.random(seed);
    long executed = 0;
    while (executed < instructions) {
      LinuxProgram program = RandomProgram.of(profile, random).program(LinuxProgram.mostSegments());
      Linux.Result ours = Linux.onOurCore(program);
      Linux.Result theirs = Linux.underQemu(program, profile.model());
      int different = firstDifference(program, ours, theirs);
      if (different >= 0) {
        throw new AssertionError(report(seed, minimised(program, ours, different)));
      }
      executed += ours.cycles() - program.overhead();
    }
    return executed;
  }

  private static int firstDifference(LinuxProgram program, Linux.Result ours, Linux.Result theirs) {
    int expected = program.segments().size();
    if (ours.snapshots().size() != expected || theirs.snapshots().size() != expected) {
      throw new AssertionError(
          "there should be %d snapshots: ours are %d, QEMU's %d"
              .formatted(expected, ours.snapshots().size(), theirs.snapshots().size()));
    }
    for (int i = 0; i < program.segments().size(); i++) {
      if (!ours.snapshots().get(i).equals(theirs.snapshots().get(i))) {
        return i;
      }
    }
    return -1;
  }

  // --- what went wrong

  /**
   * The segment alone if it still differs when it starts from the snapshot before it, then without
   * every item that is not needed for the difference.
   */
  private LinuxProgram minimised(LinuxProgram program, Linux.Result ours, int different) {
    Snapshot start = different == 0 ? program.initial() : ours.snapshots().get(different - 1);
    LinuxProgram smallest =
        new LinuxProgram(profile, start, List.of(program.segments().get(different)));
    if (!differs(smallest)) {
      return new LinuxProgram(
          profile, program.initial(), program.segments().subList(0, different + 1));
    }
    for (int i = smallest.segments().get(0).items().size() - 1; i >= 0; i--) {
      Segment less = smallest.segments().get(0).without(i);
      LinuxProgram candidate = new LinuxProgram(profile, start, List.of(less));
      smallest = differs(candidate) ? candidate : smallest;
    }
    return smallest;
  }

  private boolean differs(LinuxProgram program) {
    Linux.Result ours = Linux.onOurCore(program);
    return firstDifference(program, ours, Linux.underQemu(program, profile.model())) >= 0;
  }

  private String report(long seed, LinuxProgram program) {
    int last = program.segments().size() - 1;
    Snapshot ours = Linux.onOurCore(program).snapshots().get(last);
    Snapshot theirs = Linux.underQemu(program, profile.model()).snapshots().get(last);
    return "%s, seed %d (repeat with -Dvzrig.seed=%d): our core and qemu-mipsel -cpu %s differ%n"
            .formatted(profile.name(), seed, seed, profile.model())
        + (last > 0 ? "only after %d segments before this one%n".formatted(last) : "")
        + program.segments().get(last).listing(LinuxProgram.TEXT)
        + Snapshot.differences(ours, theirs)
        + "state before:\n"
        + program.initial().dump()
        + "our state after:\n"
        + ours.dump()
        + "QEMU's state after:\n"
        + theirs.dump();
  }
}
