package org.vzrig.hypervisor.generate;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.Vm;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.SetupWord;
import org.vzrig.hypervisor.layout.VmLayout;

/** Writes vm_options.c, tinyVP.h and board_setup_tbl.c. */
final class ThreadSource {
  private static final int MAX_GUEST = 7;

  private ThreadSource() {}

  static String header(Layout layout) {
    return """
    #define MAX_NUM_GUEST %d
    #define MAX_NUM_THREAD %d
    #define VZSTACKSIZE %d
    """
        .formatted(MAX_GUEST, layout.maxThread(), layout.board().vzstacksize());
  }

  static String setup(Layout layout) {
    StringBuilder out =
        new StringBuilder("#include <asm/pic32mz.h>\n\nunsigned int const board_setup_tbl[] = {\n");
    for (SetupWord word : layout.boardSetup()) {
      String place = word.name().isEmpty() ? "0x%08x".formatted(word.address()) : word.name();
      String comment = word.comment().isEmpty() ? "" : "\t// " + word.comment();
      out.append("\t%s, %s,%s\n".formatted(place, word.text(), comment));
    }
    return out.append("\t0,\t// end\n};\n").toString();
  }

  static String options(Layout layout) {
    StringBuilder out =
        new StringBuilder(
            """
            #include "tinyVP.h"
            #include "thread.h"

            unsigned int const vzstack_size_total =
            \t(VZSTACKSIZE + (MAX_NUM_THREAD * THREAD_FRAME_SIZE));

            unsigned const vm_options[MAX_NUM_THREAD + 1] = {
            \t0,
            """);
    ids(layout).forEach(id -> out.append(option(layout.vms().get(id))));
    out.append("};\n\nunsigned const vm_sp[MAX_NUM_THREAD + 1] = {\n\t0,\n");
    ids(layout).forEach(id -> out.append(stack(layout.vms().get(id))));
    out.append("};\n\n");
    layout.vms().values().forEach(vm -> out.append(declaration(vm)));
    out.append("unsigned const vm_list[MAX_NUM_THREAD + 1] = {\n\t(unsigned)0,\n");
    ids(layout).forEach(id -> out.append(entry(layout.vms().get(id))));
    out.append(
        """
        };

        unsigned int vzstack[(VZSTACKSIZE / 4) + ((MAX_NUM_THREAD * THREAD_FRAME_SIZE) / 4)]
        \t__attribute__ ((aligned(CACHE_LINE_SIZE)));
        """);
    return out.toString();
  }

  private static IntStream ids(Layout layout) {
    return IntStream.rangeClosed(1, layout.maxThread());
  }

  private static String option(@Nullable VmLayout vm) {
    return "\t0x%08x,\n".formatted(vm == null ? 0 : vm.options());
  }

  private static String stack(@Nullable VmLayout vm) {
    Vm.Stack stack = vm == null ? null : vm.vm().stack();
    return "\t(unsigned)(unsigned int *)0x%x,\n".formatted(stack == null ? 0 : stack.sp());
  }

  private static String declaration(VmLayout vm) {
    Vm.Entry entry = vm.vm().entry();
    return entry.address().isPresent() ? "" : "extern void * %s();\n".formatted(entry.text());
  }

  private static String entry(@Nullable VmLayout vm) {
    return "\t(unsigned)%s,\n".formatted(vm == null ? "0" : vm.vm().entry().text());
  }
}
