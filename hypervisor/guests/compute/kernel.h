/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VZRIG_GUEST_KERNEL_H
#define VZRIG_GUEST_KERNEL_H

#include <stdint.h>

/*
 * One pass of integer work that always is the same: sorts 256 pseudo-random words, multiplies two
 * 16 x 16 matrices, and takes the CRC-32 of both results. Returns that CRC.
 */
uint32_t kernel_pass(void);

#endif
