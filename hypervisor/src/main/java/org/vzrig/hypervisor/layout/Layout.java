package org.vzrig.hypervisor.layout;

import java.util.List;
import java.util.NavigableMap;
import org.vzrig.hypervisor.config.BoardFacts;
import org.vzrig.hypervisor.config.Problem;

/**
 * Everything that is fixed before the start.
 *
 * @param board the board's facts
 * @param vms guests and threads by id, from 1
 * @param rootMap tree 0: the page that tinyVP's LL-bit detour runs through; empty without guests
 * @param irqs who gets which interrupt
 * @param boardSetup words for registers, in the order in which root writes them
 * @param warnings what the configuration says without effect
 */
public record Layout(
    BoardFacts board,
    NavigableMap<Integer, VmLayout> vms,
    VmMap rootMap,
    IrqTable irqs,
    List<SetupWord> boardSetup,
    List<Problem> warnings) {
  /** Guests without threads, by rising id. */
  public List<VmLayout> guests() {
    return vms.values().stream().filter(VmLayout::guest).toList();
  }

  /** The highest id of all guests and threads, 0 when there are none. */
  public int maxThread() {
    return vms.isEmpty() ? 0 : vms.lastKey();
  }

  /** The guest or thread with this id, which must exist. */
  public VmLayout vm(int id) {
    VmLayout vm = vms.get(id);
    if (vm == null) {
      throw new IllegalArgumentException("no VM " + id);
    }
    return vm;
  }
}
