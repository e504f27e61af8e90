package org.vzrig.hypervisor.config;

import java.nio.file.Path;

/**
 * A guest's program file.
 *
 * @param where the {@code elf =} or {@code binary =} line
 * @param path the file, resolved
 * @param elf whether the configuration calls it an ELF file
 */
public record ImageFile(Where where, Path path, boolean elf) {}
