package org.vzrig.hypervisor.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vzrig.hypervisor.config.Flags;
import org.vzrig.hypervisor.config.Problems;

/** Finds physical memory that two guests would reach, or one guest twice, without saying so. */
final class OverlapCheck {
  private final Problems problems;

  /** A region and the guest that has it; 0 is root. */
  private record Claim(int vm, MappedRegion region) {
    long end() {
      return region.pa() + region.size();
    }

    boolean meets(Claim other) {
      return region.pa() < other.end() && other.region.pa() < end();
    }

    /** The same addresses of one guest twice: joined, or refused, where pages are made. */
    boolean repeats(Claim other) {
      return vm == other.vm
          && region.offset() == other.region.offset()
          && region.size() < Block.PAGE
          && other.region.size() < Block.PAGE;
    }
  }

  private OverlapCheck(Problems problems) {
    this.problems = problems;
  }

  /** Checks every region of every guest against every other. */
  static void run(Map<Integer, List<MappedRegion>> regions, Problems problems) {
    List<Claim> claims = new ArrayList<>();
    regions.forEach(
        (vm, list) ->
            list.stream()
                .filter(region -> region.size() != 0)
                .forEach(region -> claims.add(new Claim(vm, region))));
    OverlapCheck check = new OverlapCheck(problems);
    for (int i = 0; i < claims.size(); i++) {
      for (int j = i + 1; j < claims.size(); j++) {
        check.pair(claims.get(i), claims.get(j));
      }
    }
  }

  private void pair(Claim a, Claim b) {
    if (!a.meets(b) || a.repeats(b) || compatible(a.region().flags(), b.region().flags())) {
      return;
    }
    Claim late = b.vm() == 0 ? a : b;
    Claim early = b.vm() == 0 ? b : a;
    problems.error(
        late.region().where(),
        "address ranges overlap: %s and %s, which is not shared (flag s) by both"
            .formatted(text(late), text(early)));
  }

  /** Both shared, or no writer, or the only writer shares. */
  private static boolean compatible(Flags a, Flags b) {
    if (a.shared() && b.shared()) {
      return true;
    }
    boolean writesA = a.has('w');
    boolean writesB = b.has('w');
    return !writesA && (!writesB || b.shared()) || !writesB && a.shared();
  }

  private static String text(Claim claim) {
    MappedRegion region = claim.region();
    String owner = claim.vm() == 0 ? "root" : "VM " + claim.vm();
    return "%s's physical %08x+%x (%s, %s)"
        .formatted(owner, region.pa(), region.size(), region.flags(), region.where());
  }
}
