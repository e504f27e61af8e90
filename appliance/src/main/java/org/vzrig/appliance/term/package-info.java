/** The terminal: raw keyboard and a line that stays in place. */
package org.vzrig.appliance.term;
