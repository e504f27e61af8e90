/** Simulated targets, adapters and lines on virtual time. */
package org.vzrig.flasher.sim;
