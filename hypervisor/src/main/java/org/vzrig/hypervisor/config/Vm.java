package org.vzrig.hypervisor.config;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .vm} or {@code .thread} block.
 *
 * @param where the line that opens it
 * @param kind guest or root thread
 * @param id the number, 1 to 7 for a guest
 * @param entry where it starts
 * @param image its program, or null
 * @param regions memory, without device registers
 * @param devices devices in the order given
 * @param dma the zone that DMA may reach, or null; the region itself stands among the regions too
 * @param setup words written before anything starts
 * @param stack a thread's stack, or null
 * @param shadowSet general register set; a guest's is its id
 * @param userMode whether a thread runs in user mode
 * @param irqPolling whether the guest polls and needs no acceptance tracking of interrupts
 */
public record Vm(
    Where where,
    Kind kind,
    int id,
    Entry entry,
    @Nullable ImageFile image,
    List<Region> regions,
    List<Device> devices,
    @Nullable Region dma,
    List<Setup> setup,
    @Nullable Stack stack,
    int shadowSet,
    boolean userMode,
    boolean irqPolling) {
  /** What a block describes. */
  public enum Kind {
    /** A virtual machine: {@code .vm}. */
    GUEST,
    /** Code of the hypervisor's own: {@code .thread}. */
    THREAD
  }

  /**
   * Where execution starts.
   *
   * @param where the line that says so
   * @param text a number or the name of a symbol of the root program
   * @param address the number, absent for a symbol
   */
  public record Entry(Where where, String text, OptionalLong address) {}

  /**
   * A word for a register.
   *
   * @param where the line that asks for it
   * @param address as written
   * @param text the value as written; tinyVP passes it to the C compiler
   * @param value the value, absent when it is not a number
   */
  public record Setup(Where where, long address, String text, OptionalLong value) {}

  /**
   * A thread's stack.
   *
   * @param where the line that asks for it
   * @param size bytes
   * @param address first address
   * @param sp first value of the stack pointer
   */
  public record Stack(Where where, long size, long address, long sp) {}
}
