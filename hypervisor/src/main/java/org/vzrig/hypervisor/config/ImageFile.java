package org.vzrig.hypervisor.config;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A guest's program file.
 *
 * @param where the {@code elf =} or {@code binary =} line
 * @param path the file, resolved
 * @param elf whether the configuration calls it an ELF file
 * @param fixedOffset the address change that the image's {@code .cmd} file asks for by itself;
 *     absent when the placement decides
 */
public record ImageFile(Where where, Path path, boolean elf, OptionalInt fixedOffset) {}
