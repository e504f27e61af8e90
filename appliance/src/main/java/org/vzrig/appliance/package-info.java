/** The command line and the wiring of everything. */
package org.vzrig.appliance;
