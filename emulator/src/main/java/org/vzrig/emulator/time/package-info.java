/** Virtual time: events ordered by deadline. */
package org.vzrig.emulator.time;
