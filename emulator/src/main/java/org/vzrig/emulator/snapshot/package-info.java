/** Keeps the complete state of a machine in a file, and brings it back. */
package org.vzrig.emulator.snapshot;
