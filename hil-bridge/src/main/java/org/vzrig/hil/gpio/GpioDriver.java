package org.vzrig.hil.gpio;

/** How lines of a host are reached. */
public enum GpioDriver {
  /**
   * On ARM Pi4J for the first chip that is used and character devices for others; elsewhere
   * character devices, and Pi4J through sysfs where there are none.
   */
  AUTO,
  /** Character devices, without Pi4J. */
  CHARACTER,
  /** Pi4J's provider gpiod, which has native code for ARM and takes one chip. */
  PI4J,
  /** Pi4J's provider linuxfs, over the kernel's older interface in /sys/class/gpio. */
  SYSFS
}
