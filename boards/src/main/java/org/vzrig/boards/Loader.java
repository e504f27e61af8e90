package org.vzrig.boards;

/**
 * The boot loader that a board ships with.
 *
 * @param application virtual address of the word that must not be all ones for an application to
 *     count as present, and where it is started
 * @param imageBase virtual address that the word at offset F8 of an image may repeat; any other
 *     value but all ones there redirects the loader's addresses
 * @param listenMillis how long the loader waits for a programmer after reset
 * @param bootLed light that blinks while it waits
 * @param downloadLed light that is on while it is being talked to
 */
public record Loader(
    int application, int imageBase, int listenMillis, Pin bootLed, Pin downloadLed) {}
