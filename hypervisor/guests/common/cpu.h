/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VZRIG_GUEST_CPU_H
#define VZRIG_GUEST_CPU_H

/* Prints Config to Config5 and Config7 as the guest sees them. */
void print_cpu_configuration(void);

#endif
