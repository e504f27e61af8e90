package org.vzrig.hypervisor.rt.exit;

import java.util.Map;
import org.vzrig.hypervisor.rt.console.RootConsole;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.device.TrapDevice;
import org.vzrig.hypervisor.rt.device.VirtualInterrupts;
import org.vzrig.hypervisor.rt.sched.GuestTimers;
import org.vzrig.hypervisor.rt.sched.Scheduler;

/**
 * What the exits work with.
 *
 * @param core the core, stopped in an exception
 * @param scheduler who runs
 * @param timers the guests' Compare
 * @param interrupts the guests' interrupts
 * @param console root's console
 * @param devices emulated devices by the name that the configuration uses
 */
public record Root(
    Core core,
    Scheduler scheduler,
    GuestTimers timers,
    VirtualInterrupts interrupts,
    RootConsole console,
    Map<String, TrapDevice> devices) {}
