package org.vzrig.hypervisor.layout;

import java.nio.file.Path;
import org.vzrig.hypervisor.config.Where;

/**
 * A guest's program and where it goes.
 *
 * @param where the line that names the file
 * @param path the file
 * @param elf whether the configuration calls it an ELF file
 * @param offset what is added to every load address, modulo 2^32, to reach the guest's flash; taken
 *     modulo 512 MiB the sum is physical
 */
public record GuestImage(Where where, Path path, boolean elf, int offset) {
  /** The physical address of a byte that the file wants at this address (physical or KSEG0/1). */
  public int physical(int address) {
    return address + offset & 0x1FFF_FFFF;
  }
}
