/** Root's console: the log, the line driver, input multiplexing and commands. */
package org.vzrig.hypervisor.rt.console;
