package org.vzrig.hypervisor.layout;

/**
 * The part of RAM that a guest's DMA may reach.
 *
 * @param group permission group, 1 or 2
 * @param address first physical address
 * @param size bytes
 * @param cfgpg the bits in CFGPG that put the guest's DMA devices into the group
 */
public record DmaZone(int group, long address, long size, int cfgpg) {}
